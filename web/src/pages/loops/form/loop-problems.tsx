import type { TextProblem } from './text-problems.ts';

/** Everything that is wrong with a text, line by line. */
export function LoopProblems({ problems }: { readonly problems: readonly TextProblem[] }) {
  return (
    <div className="problem-note" role="alert" data-code="InvalidLoopFile">
      {problems.map(({ line, column, path, problem }) => (
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
