import { Button } from '@mantine/core';
import { useState } from 'react';
import { Section } from '../../parts/section.tsx';
import { EmptyState } from '../../states/empty-state.tsx';
import type { Job } from './board.ts';
import { GiveJobs } from './give-jobs.tsx';
import { JobTable } from './job-table.tsx';
import { KIND_WORDS, type Kind } from './job-filter.ts';
import { jobKey, MOST_JOBS, whyNotAll, whyNotGiven, type Givable } from './selection.ts';
import type { People } from './who.ts';

/** Rows that are shown at first, and so many more each time. */
const PAGE = 100;

interface Props {
  readonly jobs: readonly Job[];
  readonly kind: Kind;
  readonly people: People;
  /** User names that are known. */
  readonly names: readonly string[];
  readonly mayGive: boolean;
  readonly iterations: Givable;
}

/** The jobs that are asked for, and what may be done with them. */
export function JobList({ jobs, kind, people, names, mayGive, iterations }: Props) {
  const [keys, setKeys] = useState<ReadonlySet<string>>(new Set());
  const [shown, setShown] = useState(PAGE);
  const choosable = jobs.filter((job) => whyNotGiven(job, iterations) === null).slice(0, MOST_JOBS);
  const toggle = (job: Job): void => {
    const key = jobKey(job);
    setKeys(keys.has(key) ? new Set([...keys].filter((one) => one !== key)) : new Set([...keys, key]));
  };
  const give = (
    <GiveJobs
      chosen={jobs.filter((job) => whyNotGiven(job, iterations) === null && keys.has(jobKey(job)))}
      choosable={choosable.length}
      reasons={whyNotAll(jobs, iterations)}
      names={names}
      onChooseAll={() => setKeys(new Set(choosable.map(jobKey)))}
      onClear={() => setKeys(new Set())}
    />
  );
  return (
    <Section title={kind === 'all' ? 'All jobs' : `${KIND_WORDS[kind]} jobs`} count={jobs.length}>
      {mayGive && kind !== 'fast' ? give : null}
      {jobs.length === 0 ? (
        <EmptyState title="No such jobs." />
      ) : (
        <JobTable
          jobs={jobs.slice(0, shown)}
          people={people}
          iterations={iterations}
          chosen={mayGive && kind !== 'fast' ? keys : null}
          onChoose={toggle}
        />
      )}
      {jobs.length <= shown ? null : (
        <div className="section-body">
          <Button variant="default" onClick={() => setShown(shown + PAGE)}>
            Show {Math.min(PAGE, jobs.length - shown)} more of {jobs.length}
          </Button>
        </div>
      )}
    </Section>
  );
}
