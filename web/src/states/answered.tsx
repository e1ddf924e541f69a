import type { ReactNode } from 'react';
import { Loading } from './loading.tsx';
import { ProblemNote } from './problem-note.tsx';

interface AnsweredProps<T> {
  /** The result of `useAnswer`. */
  readonly query: { readonly data: T | undefined; readonly error: unknown };
  /** Completes "Reading …". */
  readonly what: string;
  readonly children: (data: T) => ReactNode;
}

/** Shows an answer once it is there; until then that it is being read, or why it cannot be. What was read before stays while a new try fails. */
export function Answered<T>({ query: { data, error }, what, children }: AnsweredProps<T>) {
  if (data !== undefined) return children(data);
  if (error === null) return <Loading what={what} />;
  return (
    <div className="section-body">
      <ProblemNote error={error} />
    </div>
  );
}
