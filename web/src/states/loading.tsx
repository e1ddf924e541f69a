import type { ReactNode } from 'react';

interface LoadingProps {
  /** Completes "Reading …". */
  readonly what: string;
  /** Why it may take long. */
  readonly children?: ReactNode;
}

/** Said while something is on its way. */
export function Loading({ what, children }: LoadingProps) {
  return (
    <output className="state">
      Reading {what} … {children}
    </output>
  );
}
