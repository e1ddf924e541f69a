import { Component, type ReactNode } from 'react';
import { ProblemNote } from './problem-note.tsx';

/** Keeps the rest standing when one page fails. Give it the address as `key`, so that another page is tried afresh. */
export class PageBoundary extends Component<{ readonly children: ReactNode }, { readonly error: unknown }> {
  override state = { error: null };

  static getDerivedStateFromError(error: unknown): { readonly error: unknown } {
    return { error };
  }

  override render(): ReactNode {
    return this.state.error === null ? this.props.children : <ProblemNote error={this.state.error} />;
  }
}
