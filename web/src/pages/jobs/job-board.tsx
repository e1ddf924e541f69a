import { Section } from '../../parts/section.tsx';
import { useMay } from '../../session/principal.tsx';
import { useAddress } from '../../shell/use-address.ts';
import { EmptyState } from '../../states/empty-state.tsx';
import type { Board } from './board.ts';
import { JobFilters } from './job-filters.tsx';
import { kindOf, pickJobs, type Kind } from './job-filter.ts';
import { JobList } from './job-list.tsx';
import { jobsByPerson } from './people.ts';
import { PeopleTable } from './people-table.tsx';
import { WaitingIterations } from './waiting-iterations.tsx';
import { peopleOf, whoKey, type Who } from './who.ts';

interface Props {
  readonly board: Board;
  readonly connection: string | null;
  readonly hasEdits: boolean;
}

/** Iterations, people and jobs, as the address says. */
export function JobBoard({ board, connection, hasEdits }: Props) {
  const [read, change] = useAddress();
  const mayGive = useMay('lead');
  const { iterations, jobs, truncated } = board;
  if (iterations.length === 0)
    return <NoIterations connection={connection} onAll={() => change({ connection: null })} />;
  const people = peopleOf(iterations);
  const groups = jobsByPerson(board);
  const kind = kindOf(read('show'));
  const who = groups.find((group) => whoKey(group.who) === read('who'))?.who ?? null;
  const pick = (one: Who | null, of: Kind | null): void =>
    change({ who: one === null ? null : whoKey(one), ...(of === null ? {} : { show: of }) });
  return (
    <>
      {truncated ? <p role="note">More iterations run than are looked at; choose a connection to see fewer.</p> : null}
      <Section title="Iterations" count={iterations.length}>
        <WaitingIterations iterations={iterations} jobs={jobs} />
      </Section>
      <Section title="People" count={groups.filter(({ who: { person } }) => person !== null).length}>
        <PeopleTable groups={groups} people={people} who={who} hasEdits={hasEdits} onPick={pick} />
      </Section>
      <JobFilters
        board={board}
        groups={groups}
        people={people}
        kind={kind}
        who={who}
        connection={connection}
        hasEdits={hasEdits}
      />
      <JobList
        key={`${kind} ${read('who') ?? ''}`}
        jobs={pickJobs(jobs, { kind, who, people })}
        kind={kind}
        people={people}
        names={[...new Set(groups.flatMap((group) => (group.who.of === null ? (group.who.person ?? []) : [])))]}
        mayGive={mayGive}
        iterations={new Map(iterations.map((one) => [one.id, one]))}
      />
    </>
  );
}

function NoIterations({ connection, onAll }: { readonly connection: string | null; readonly onAll: () => void }) {
  if (connection === null) {
    return (
      <EmptyState title="No iteration has jobs now.">
        Jobs are here from the upload of an iteration to the seal of its labels.
      </EmptyState>
    );
  }
  return (
    <EmptyState title={`No iteration of ${connection} has jobs now.`}>
      <button type="button" className="link-button" onClick={onAll}>
        Show all connections
      </button>
    </EmptyState>
  );
}
