import { z } from 'zod';
import { isRefusal } from '../../requests/refusal.ts';
import { ProblemNote } from '../../states/problem-note.tsx';

const facts = z.object({
  problems: z.array(z.object({ line: z.number(), column: z.number(), path: z.string(), problem: z.string() })),
});

/** Everything that is wrong with a text, line by line; for any other failure what it says. */
export function LoopProblems({ error }: { readonly error: unknown }) {
  const found = isRefusal(error, 'InvalidLoopFile') ? facts.safeParse(error.problem.facts).data : undefined;
  if (found === undefined) return <ProblemNote error={error} />;
  return (
    <div className="problem-note" role="alert" data-code="InvalidLoopFile">
      {found.problems.map(({ line, column, path, problem }) => (
        <p key={`${line}:${column} ${path} ${problem}`}>
          <span className="problem-title">
            Line {line}, column {column}:
          </span>{' '}
          {path === '' ? '' : `${path} `}
          {problem}
        </p>
      ))}
    </div>
  );
}
