import { StatusBadge } from './status-badge.tsx';

/** Says of what is shown that it is from the store alone, since Temporal does not answer. */
export function FromStoreNote({ children }: { readonly children: string }) {
  return (
    <p className="from-store-note">
      <StatusBadge tone="away">Temporal is away</StatusBadge> {children}
    </p>
  );
}
