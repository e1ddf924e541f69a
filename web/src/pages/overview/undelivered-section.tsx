import type { z } from 'zod';
import { listNotices, seenNotices } from '../../../../src/api/endpoints/notices.ts';
import { ConfirmButton } from '../../parts/confirm-button.tsx';
import { DataTable, type Column } from '../../parts/data-table.tsx';
import { IterationLink } from '../../parts/iteration-link.tsx';
import { Section } from '../../parts/section.tsx';
import { StatusBadge } from '../../parts/status-badge.tsx';
import { useAnswer } from '../../requests/use-answer.ts';
import { useChange } from '../../requests/use-change.ts';
import { useMay, useSeesAll } from '../../session/principal.tsx';
import { Moment } from '../../time/moment.tsx';

type Notice = z.output<NonNullable<(typeof listNotices)['answer']>>['notices'][number];

/** No event tells of messages; in milliseconds. */
const LOOK_EVERY_MS = 60_000;

/** As the server takes at a time. */
const MOST_KEYS = 1000;

/** How a message is sent, in words. */
const CHANNEL_WORDS: Readonly<Record<Notice['channel'], string>> = {
  slack: 'Slack',
  email: 'e-mail',
  webhook: 'webhook',
};

const COLUMNS: readonly Column<Notice>[] = [
  { title: 'Message', isName: true, cell: ({ subject }) => subject },
  { title: 'About', cell: ({ iteration }) => (iteration === null ? null : <IterationLink id={iteration} />) },
  {
    title: 'State',
    cell: ({ state }) =>
      state === 'refused' ? (
        <StatusBadge tone="bad">Did not arrive</StatusBadge>
      ) : (
        <StatusBadge tone="attention">Perhaps did not arrive</StatusBadge>
      ),
  },
  {
    title: 'To',
    cell: ({ whom, channel }) => `${whom.length === 0 ? 'everybody' : whom.join(', ')} by ${CHANNEL_WORDS[channel]}`,
  },
  { title: 'When', cell: ({ at }) => <Moment at={at} /> },
  { title: 'Why', cell: ({ reason }) => reason },
];

/** Messages to people of which it is not known that they arrived, for leads who see all connections; nothing where there are none. */
export function UndeliveredSection() {
  const isLead = useMay('lead');
  const mayRead = useSeesAll() && isLead;
  const { data } = useAnswer(
    listNotices,
    { query: { which: 'troubled' } },
    { enabled: mayRead, everyMs: LOOK_EVERY_MS },
  );
  if (!mayRead || data === undefined || data.notices.length === 0) return null;
  return (
    <Section
      title="Messages that did not arrive"
      count={data.notices.length}
      actions={<SeenButton keys={data.notices.slice(0, MOST_KEYS).map(({ key }) => key)} />}
    >
      <DataTable label="Messages that did not arrive" columns={COLUMNS} rows={data.notices} keyOf={({ key }) => key} />
    </Section>
  );
}

function SeenButton({ keys }: { readonly keys: readonly string[] }) {
  const seen = useChange(seenNotices);
  const what = keys.length === 1 ? 'This message is' : `These ${keys.length} messages are`;
  return (
    <ConfirmButton
      label={keys.length === 1 ? 'Mark it as seen' : `Mark all ${keys.length} as seen`}
      does={`${what} shown to nobody any more. None is sent again: tell whom they were for yourself, where it matters.`}
      onConfirm={async () => seen.mutateAsync({ body: { keys: [...keys] } })}
    />
  );
}
