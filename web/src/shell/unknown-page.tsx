import { Link } from 'react-router';
import { PageHeader } from '../parts/page-header.tsx';
import { EmptyState } from '../states/empty-state.tsx';

/** Answers an address that leads nowhere. */
export function UnknownPage() {
  return (
    <>
      <PageHeader title="No such page" />
      <EmptyState title="Nothing is at this address.">
        <Link to="/">Go to the overview</Link>
      </EmptyState>
    </>
  );
}
