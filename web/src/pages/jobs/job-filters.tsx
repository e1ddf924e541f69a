import { Group, SegmentedControl, Select } from '@mantine/core';
import { placeOfId } from '../../../../src/contracts/ids.ts';
import { usePrincipal } from '../../session/principal.tsx';
import { useAddress } from '../../shell/use-address.ts';
import type { Board } from './board.ts';
import { countOf, KIND_WORDS, KINDS, type Kind } from './job-filter.ts';
import type { PersonJobs } from './people.ts';
import { whoKey, type People, type Who } from './who.ts';
import { whoWords } from './who-words.ts';

interface Props {
  readonly board: Board;
  readonly groups: readonly PersonJobs[];
  readonly people: People;
  readonly kind: Kind;
  readonly who: Who | null;
  readonly connection: string | null;
  readonly hasEdits: boolean;
}

/** Which jobs are shown; the address says it. */
export function JobFilters({ board, groups, people, kind, who, connection, hasEdits }: Props) {
  const [, change] = useAddress();
  const connections = useConnections(board, connection);
  const jobs = groups.find((group) => who !== null && whoKey(group.who) === whoKey(who))?.jobs ?? board.jobs;
  const words = (one: Kind): string =>
    one === 'fast' && !hasEdits ? KIND_WORDS[one] : `${KIND_WORDS[one]} ${countOf(jobs, one)}`;
  return (
    <Group className="job-filters" gap="sm" align="flex-end">
      <SegmentedControl
        aria-label="Which jobs"
        className="filter-kinds"
        value={kind}
        onChange={(show) => change({ show })}
        data={KINDS.map((one) => ({ value: one, label: words(one) }))}
      />
      <Select
        aria-label="Person"
        placeholder="Everybody"
        clearable
        clearButtonProps={{ 'aria-label': 'Everybody' }}
        value={who === null ? null : whoKey(who)}
        onChange={(key) => change({ who: key })}
        data={groups.map((group) => ({ value: whoKey(group.who), label: whoWords(group.who, people) }))}
      />
      {connections.length < 2 ? null : (
        <Select
          aria-label="Connection"
          placeholder="All connections"
          clearable
          clearButtonProps={{ 'aria-label': 'All connections' }}
          value={connection}
          onChange={(name) => change({ connection: name })}
          data={connections}
        />
      )}
    </Group>
  );
}

/** Connections that somebody may mean: their own, and those of what is shown. */
function useConnections({ iterations }: Board, chosen: string | null): readonly string[] {
  const own = usePrincipal().connections ?? [];
  const seen = iterations.map(({ id }) => placeOfId(id).connection);
  return [...new Set([...own, ...seen, ...(chosen === null ? [] : [chosen])])].toSorted();
}
