import { Title } from '@mantine/core';
import { useId, type ReactNode } from 'react';

interface SectionProps {
  readonly title: string;
  /** How many things it holds, beside the title. */
  readonly count?: number;
  /** Buttons or links beside the title. */
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

/** A part of a page under a heading, with a frame. Screen readers find it by its title. */
export function Section({ title, count, actions, children }: SectionProps) {
  const id = useId();
  return (
    <section className="section" aria-labelledby={id}>
      <header className="section-header">
        <Title order={2} id={id}>
          {title}
          {count === undefined ? null : <span className="section-count tabular"> {count}</span>}
        </Title>
        {actions}
      </header>
      {children}
    </section>
  );
}
