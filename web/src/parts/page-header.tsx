import { Title } from '@mantine/core';
import { useEffect, type ReactNode } from 'react';

interface PageHeaderProps {
  /** Heading, and first words of the document's title. */
  readonly title: string;
  /** What stands below it. */
  readonly children?: ReactNode;
  /** Buttons beside it. */
  readonly actions?: ReactNode;
}

/** The head of a page: its one h1, which also names the tab. */
export function PageHeader({ title, children, actions }: PageHeaderProps) {
  useEffect(() => {
    document.title = `${title} · maskloop`;
  }, [title]);
  return (
    <header className="page-header">
      <div>
        <Title order={1}>{title}</Title>
        {children === undefined ? null : <div className="page-subtitle">{children}</div>}
      </div>
      {actions === undefined ? null : <div className="page-actions">{actions}</div>}
    </header>
  );
}
