import { Button } from '@mantine/core';
import { useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { listIterations } from '../../../../src/api/endpoints/iterations.ts';
import { FromStoreNote } from '../../parts/from-store-note.tsx';
import { PageHeader } from '../../parts/page-header.tsx';
import { Section } from '../../parts/section.tsx';
import { useAnswer } from '../../requests/use-answer.ts';
import { useMay } from '../../session/principal.tsx';
import { Answered } from '../../states/answered.tsx';
import { EmptyState } from '../../states/empty-state.tsx';
import { WayToStart } from '../overview/way-to-start.tsx';
import { BulkSection } from './bulk/bulk-section.tsx';
import { IterationTable } from './iteration-table.tsx';
import { ListFilters } from './list-filters.tsx';
import { listQuery, withFilter } from './list-query.ts';

/** All iterations, running and finished, those that began last first. Filters and page stand in the address. */
export function IterationsPage() {
  const [search, setSearch] = useSearchParams();
  const page = useAnswer(listIterations, { query: listQuery(search) }, { keepsShowing: true });
  const mayBulk = useMay('operator') && search.get('state') !== 'done';
  const [isBulk, setBulk] = useState(false);
  const bulk = (
    <Button variant="default" aria-expanded={isBulk} onClick={() => setBulk(!isBulk)}>
      {isBulk ? 'Close what is done to all' : 'Do to all of these …'}
    </Button>
  );
  const isNarrowed = [...search.keys()].some((name) => name !== 'cursor');
  return (
    <>
      <PageHeader title="Iterations" actions={mayBulk ? bulk : undefined}>
        Running and finished, those that began last first
      </PageHeader>
      <ListFilters search={search} onChange={(name, value) => setSearch(withFilter(search, name, value))} />
      {mayBulk && isBulk ? <BulkSection search={search} /> : null}
      <Section title={search.has('cursor') ? 'Earlier iterations' : 'Newest iterations'}>
        <Answered query={page} what="the iterations">
          {({ iterations, next, truncated, away }) => (
            <>
              {away === undefined ? null : (
                <FromStoreNote>
                  What runs is missing here until it answers; what is finished is from the store.
                </FromStoreNote>
              )}
              {iterations.length === 0 ? (
                <Nothing isNarrowed={isNarrowed} isAway={away !== undefined} />
              ) : (
                <IterationTable label="Iterations" rows={iterations} />
              )}
              {truncated ? <p className="state">More run than are looked at; narrow the list to see them.</p> : null}
              <nav className="pager" aria-label="Pages of the list">
                {search.has('cursor') ? (
                  <Button variant="default" onClick={() => setSearch(withFilter(search, 'cursor', ''))}>
                    Newest
                  </Button>
                ) : null}
                {next === null ? null : (
                  <Button
                    variant="default"
                    onClick={() => {
                      const older = new URLSearchParams(search);
                      older.set('cursor', next);
                      setSearch(older);
                      window.scrollTo(0, 0);
                    }}
                  >
                    Earlier
                  </Button>
                )}
              </nav>
            </>
          )}
        </Answered>
      </Section>
    </>
  );
}

function Nothing({ isNarrowed, isAway }: { readonly isNarrowed: boolean; readonly isAway: boolean }) {
  if (isAway) return <EmptyState title="No finished iteration is like this; whether one runs is not known." />;
  return isNarrowed ? (
    <EmptyState title="No iteration is like this.">
      <Link to="/iterations">Show all</Link>
    </EmptyState>
  ) : (
    <EmptyState title="There is no iteration yet.">
      <WayToStart />
    </EmptyState>
  );
}
