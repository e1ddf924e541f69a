import { Component, type ReactNode } from 'react';
import { ProblemNote } from '../states/problem-note.tsx';
import { PageNotLoaded } from './page-not-loaded.ts';
import { PageOnItsWay } from './page-on-its-way.tsx';

/** Keeps the rest standing when one page fails. Give it the address as `key`, so that another page is tried afresh. */
export class PageBoundary extends Component<{ readonly children: ReactNode }, { readonly error: unknown }> {
  override state = { error: null };

  static getDerivedStateFromError(error: unknown): { readonly error: unknown } {
    return { error };
  }

  override render(): ReactNode {
    const { error }: { readonly error: unknown } = this.state;
    if (error instanceof PageNotLoaded) return <PageOnItsWay />;
    return error === null ? this.props.children : <ProblemNote error={error} />;
  }
}
