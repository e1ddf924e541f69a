import { readPage } from '../../../../../src/api/endpoints/iterations.ts';
import type { Decision } from '../../../../../src/contracts/iteration.ts';
import type { Receipt } from '../../../../../src/contracts/receipt.ts';
import { DataTable, type Column } from '../../../parts/data-table.tsx';
import { Hash } from '../../../parts/hash.tsx';
import { KeyValues } from '../../../parts/key-values.tsx';
import { OutsideLink } from '../../../parts/outside-link.tsx';
import { Section } from '../../../parts/section.tsx';
import { addressOf } from '../../../requests/ask.ts';
import { useMay } from '../../../session/principal.tsx';
import { EmptyState } from '../../../states/empty-state.tsx';
import { Moment } from '../../../time/moment.tsx';
import { stepWord } from '../../../words/steps.ts';
import { shareText } from '../training/share-text.ts';
import type { IterationView } from '../view-facts.ts';
import { namedHashes, type NamedHash } from './named-hashes.ts';
import { VerifyReceipt } from './verify-receipt.tsx';

const DECISIONS: readonly Column<Decision>[] = [
  { title: 'Decision', isName: true, cell: ({ what }) => what },
  { title: 'Step', cell: ({ step }) => stepWord(step) },
  { title: 'About', cell: ({ about, detail }) => [about, detail].filter((text) => text != null).join(': ') || '–' },
  { title: 'By', cell: ({ by }) => by },
  { title: 'When', cell: ({ at }) => <Moment at={at} /> },
];

const HASHES: readonly Column<NamedHash>[] = [
  { title: 'What', isName: true, cell: ({ what }) => what },
  { title: 'SHA-256', cell: ({ sha256 }) => <Hash text={sha256} /> },
];

/** The record of a finished iteration, and whether the store still holds what it names. */
export function ReceiptPart({ view: { id, receipt } }: { readonly view: IterationView }) {
  const mayVerify = useMay('lead');
  if (receipt === null) {
    return (
      <Section title="Receipt">
        <EmptyState title="There is no receipt yet.">The last step writes it.</EmptyState>
      </Section>
    );
  }
  const page = addressOf(readPage, { params: { id } });
  const pageLink = <OutsideLink to={page}>As a page to print or send</OutsideLink>;
  return (
    <>
      <Section title="Receipt" actions={pageLink}>
        <KeyValues rows={summary(receipt)} />
      </Section>
      {mayVerify ? <VerifyReceipt id={id} /> : null}
      <Section title="Decisions" count={receipt.decisions.length}>
        {receipt.decisions.length === 0 ? (
          <EmptyState title="Nobody had to decide anything." />
        ) : (
          <DataTable
            label="Decisions"
            columns={DECISIONS}
            rows={receipt.decisions}
            keyOf={({ at, what }) => `${at} ${what}`}
          />
        )}
      </Section>
      <Section title="Hashes">
        <DataTable label="Hashes" columns={HASHES} rows={namedHashes(receipt)} keyOf={({ what }) => what} />
      </Section>
    </>
  );
}

function summary({ startedAt, endedAt, results, versions, chain, cvat }: Receipt) {
  const { labels, comparison, evaluation } = results;
  const compared = comparison === undefined || 'failed' in comparison ? null : comparison;
  return [
    ['Started', <Moment key="started" at={startedAt} as="both" />],
    ['Ended', <Moment key="ended" at={endedAt} as="both" />],
    ['Sealed frames', labels === undefined ? null : `${labels.frames}, of which ${labels.labelledFrames} have labels`],
    [
      'Agreement',
      compared === null ? null : `Dice ${shareText(compared.meanDice)}, IoU ${shareText(compared.meanIou)}`,
    ],
    ['Held-out Dice', evaluation === undefined ? null : shareText(evaluation.meanDice)],
    ['Place in the chain', chain === undefined ? null : `${chain.number} of its project`],
    ['maskloop', versions.maskloop],
    ['CVAT', cvat?.version ?? versions.cvat],
  ] as const;
}
