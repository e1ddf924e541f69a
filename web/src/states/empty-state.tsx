import type { ReactNode } from 'react';

interface EmptyStateProps {
  /** That there is nothing, and why. */
  readonly title: string;
  /** What to do to have something here. */
  readonly children?: ReactNode;
}

/** Stands where there is nothing to show. */
export function EmptyState({ title, children }: EmptyStateProps) {
  return (
    <div className="state">
      <div>{title}</div>
      {children === undefined ? null : <div>{children}</div>}
    </div>
  );
}
