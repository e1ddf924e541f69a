import type { ReactNode } from 'react';
import { Icon } from '../icons/icon.tsx';

/** A link to another program, which opens beside this one. */
export function OutsideLink({ to, children }: { readonly to: string; readonly children: ReactNode }) {
  return (
    <a href={to} target="_blank" rel="noreferrer">
      {children}
      <Icon name="outside" size={13} />
      <span className="visually-hidden"> (opens in another tab)</span>
    </a>
  );
}
