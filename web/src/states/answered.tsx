import type { ReactNode } from 'react';
import { useLive } from '../live/live-updates.tsx';
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
  if (error === null) return <Reading what={what} />;
  return (
    <div className="section-body">
      <ProblemNote error={error} />
    </div>
  );
}

/** What needs Temporal may take long while that is away: then it is said when it comes. */
function Reading({ what }: { readonly what: string }) {
  const { temporalAwaySince } = useLive();
  if (temporalAwaySince === null) return <Loading what={what} />;
  return <Loading what={what}>What only Temporal knows is shown once it answers again.</Loading>;
}
