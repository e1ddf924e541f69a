import { DataTable, type Column } from '../../parts/data-table.tsx';
import { IterationLink } from '../../parts/iteration-link.tsx';
import { NotedButton } from '../../parts/noted-button.tsx';
import { StatusBadge } from '../../parts/status-badge.tsx';
import { Moment } from '../../time/moment.tsx';
import { EVENT_WORDS } from './event-words.ts';
import { diceWords, shortChecksum, type Version } from './models.ts';

interface Props {
  readonly model: string;
  readonly versions: readonly Version[];
  /** Publishes one by its checksum; null for who may not. */
  readonly onPublish: ((checksum: string, note: string) => Promise<unknown>) | null;
}

/** Versions of a model, a line each. */
export function VersionTable({ model, versions, onPublish }: Props) {
  const columns = columnsOf(versions, model, onPublish);
  return (
    <DataTable label={`Versions of ${model}`} columns={columns} rows={versions} keyOf={({ checksum }) => checksum} />
  );
}

function columnsOf(
  versions: readonly Version[],
  model: string,
  onPublish: Props['onPublish'],
): readonly Column<Version>[] {
  const published = versions.find(({ isCurrent }) => isCurrent) ?? null;
  const publishing: Column<Version> = {
    title: 'Change',
    cell: (version) => <Publish version={version} model={model} published={published} onPublish={onPublish} />,
  };
  return [
    { title: 'Version', isName: true, cell: (version) => <VersionName version={version} /> },
    { title: 'Dice', isNumber: true, cell: (version) => <Dice version={version} /> },
    { title: 'By class', cell: ({ classes }) => <ClassDice classes={classes} /> },
    { title: 'Last', cell: (version) => <LastEvent version={version} /> },
    { title: 'Iteration', cell: ({ iteration }) => (iteration === null ? '–' : <IterationLink id={iteration} />) },
    ...(onPublish === null ? [] : [publishing]),
  ];
}

function VersionName({ version: { checksum, isCurrent } }: { readonly version: Version }) {
  return (
    <div>
      <code title={checksum}>{shortChecksum(checksum)}</code>
      {isCurrent ? (
        <div>
          <StatusBadge tone="good">Published</StatusBadge>
        </div>
      ) : null}
    </div>
  );
}

function Dice({ version: { dice, frames } }: { readonly version: Version }) {
  return (
    <div>
      {diceWords(dice)}
      {frames === null ? null : <div className="dimmed whole">{frames === 1 ? '1 frame' : `${frames} frames`}</div>}
    </div>
  );
}

function ClassDice({ classes }: { readonly classes: Version['classes'] }) {
  const rows = Object.entries(classes);
  if (rows.length === 0) return <>Not measured</>;
  return (
    <dl className="class-dice">
      {rows.map(([name, dice]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{diceWords(dice)}</dd>
        </div>
      ))}
    </dl>
  );
}

function LastEvent({ version: { event, by, at, reasons } }: { readonly version: Version }) {
  const [tone, words] = EVENT_WORDS[event];
  return (
    <div>
      <StatusBadge tone={tone}>{words}</StatusBadge>
      <div className="dimmed">
        {by === null ? '' : `by ${by}, `}
        <Moment at={at} />
      </div>
      {reasons.map((reason) => (
        <div key={reason}>{reason}</div>
      ))}
    </div>
  );
}

interface PublishProps extends Pick<Props, 'model' | 'onPublish'> {
  readonly version: Version;
  readonly published: Version | null;
}

function Publish({ version, model, published, onPublish }: PublishProps) {
  if (version.isCurrent || onPublish === null) return null;
  const instead =
    published === null ? '' : ` in place of ${shortChecksum(published.checksum)} (Dice ${diceWords(published.dice)})`;
  return (
    <NotedButton
      label={`Promote ${shortChecksum(version.checksum).slice(0, 6)}`}
      does={
        `${shortChecksum(version.checksum)} (Dice ${diceWords(version.dice)}) is published as ${model}${instead}, and it is verified ` +
        'that the trainer has it. The next predictions and trainings begin with it. Nothing is deleted: every version stays in the register.'
      }
      onConfirm={async (note) => onPublish(version.checksum, note)}
    />
  );
}
