import type { z } from 'zod';
import type { reassignJobs } from '../../../../src/api/endpoints/jobs.ts';
import { StatusBadge } from '../../parts/status-badge.tsx';
import { iterationWords } from '../../words/iteration-words.ts';
import { jobsWords } from './selection.ts';

/** What came of giving jobs to somebody. */
export interface Given {
  readonly to: string;
  readonly results: z.output<NonNullable<(typeof reassignJobs)['answer']>>['results'];
}

/** Says how many jobs were given away, and of each other one why not. Screen readers say it at once. */
export function GivenNote({ given }: { readonly given: Given | null }) {
  if (given === null) return <output className="given-note" />;
  const refused = given.results.filter(({ done }) => !done);
  const done = given.results.length - refused.length;
  return (
    <output className="given-note">
      {done === 0 ? null : <StatusBadge tone="good">{`${given.to} has ${jobsWords(done)} more`}</StatusBadge>}
      {refused.map(({ id, job, message }) => (
        <div key={`${id} ${job}`}>
          <StatusBadge tone="bad">{`Job ${job}`}</StatusBadge> of {iterationWords(id)} stays: {message}
        </div>
      ))}
    </output>
  );
}
