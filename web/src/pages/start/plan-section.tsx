import type { IterationInput } from '../../../../src/contracts/iteration.ts';
import type { IterationPlan } from '../../../../src/contracts/plan.ts';
import { DataTable, type Column } from '../../parts/data-table.tsx';
import { KeyValues } from '../../parts/key-values.tsx';
import { OutsideLink } from '../../parts/outside-link.tsx';
import { StatusBadge } from '../../parts/status-badge.tsx';
import { formatBytes } from '../../uploads/format-bytes.ts';
import { countWords } from '../../words/count-words.ts';
import { PlanTroubles } from './plan-troubles.tsx';
import { termsWords } from './terms-words.ts';

type Label = IterationPlan['labels'][number];

const COLUMNS: readonly Column<Label>[] = [
  { title: 'Value and class', isName: true, cell: ({ value, name }) => `${value} ${name}` },
  { title: 'Label in CVAT', cell: ({ cvatLabel }) => <CvatLabel known={cvatLabel} /> },
  { title: 'Frames', isNumber: true, cell: ({ frames }) => frames },
  { title: 'Pixels', isNumber: true, cell: ({ pixels }) => countWords(pixels) },
];

function CvatLabel({ known }: { readonly known: boolean | null }) {
  if (known === null) return <>Not known</>;
  return <StatusBadge tone={known ? 'good' : 'attention'}>{known ? 'There' : 'Missing'}</StatusBadge>;
}

interface Props {
  readonly plan: IterationPlan;
  /** What it is the plan of. */
  readonly input: IterationInput;
}

/** What a start would do. */
export function PlanSection({ plan, input }: Props) {
  const { dataset, prediction, frames, labels, jobCount, holds, troubles, later = [] } = plan;
  return (
    <>
      <KeyValues
        rows={[
          ['Task', <PlannedTask key="task" plan={plan} />],
          ['Frames', framesWords(plan)],
          ['Jobs', jobCount === 0 ? null : String(jobCount)],
          [plan.observed === true ? 'Compares' : 'Sends', dataset === null ? null : sendsWords(dataset)],
          ['Begins', beginsWords(plan)],
          ['Predicts', prediction === undefined ? null : `with the published model of ${prediction.model}`],
          ['Masks', frames === null || frames.withoutMask === 0 ? null : `${frames.withoutMask} frames have none`],
          ['Would be lost', holds === null || holds.lost === 0 ? null : `${holds.lost} shapes that the task holds`],
          ...termsWords(input),
        ]}
      />
      {labels.length === 0 ? null : (
        <DataTable label="Classes" columns={COLUMNS} rows={labels} keyOf={({ value }) => value} />
      )}
      <PlanTroubles troubles={troubles} later={later} />
    </>
  );
}

function PlannedTask({ plan: { project, task } }: { readonly plan: IterationPlan }) {
  if (task.url !== null) return <OutsideLink to={task.url}>{`${project.name} / ${task.name}`}</OutsideLink>;
  return (
    <>
      {project.name} / {task.name}, {project.id === null ? 'both are made' : 'is made'}
    </>
  );
}

function beginsWords({ fromScratch, observed }: IterationPlan): string | null {
  if (observed === true) return 'nothing: the task is only observed';
  return fromScratch === true ? 'without pre-annotations' : null;
}

function framesWords({ task, frames }: IterationPlan): string | null {
  if (task.frames === null) return null;
  return frames === null ? String(task.frames) : `${task.frames}, ${frames.matched} with a mask`;
}

function sendsWords({ shapes, masks, emptyMasks, bytes }: NonNullable<IterationPlan['dataset']>): string {
  const empty = emptyMasks === 0 ? '' : `, ${emptyMasks} of them empty`;
  return `${shapes} shapes of ${masks} masks${empty}; ${formatBytes(bytes)}`;
}
