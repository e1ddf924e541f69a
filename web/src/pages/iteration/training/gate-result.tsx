import { outcomeText, type ClassChange, type GateMeasures } from '../../../../../src/contracts/gate.ts';
import type { IterationResults } from '../../../../../src/contracts/iteration.ts';
import { DataTable, type Column } from '../../../parts/data-table.tsx';
import { Hash } from '../../../parts/hash.tsx';
import { KeyValues } from '../../../parts/key-values.tsx';
import { Section } from '../../../parts/section.tsx';
import { shareText, signedText } from './share-text.ts';

const NAME: Column<ClassChange> = { title: 'Class', isName: true, cell: ({ name }) => name };
const AFTER: Column<ClassChange> = { title: 'Dice', isNumber: true, cell: ({ after }) => shareText(after.dice) };
const COMPARED: readonly Column<ClassChange>[] = [
  { title: 'Dice before', isNumber: true, cell: ({ before }) => shareText(before?.dice ?? null) },
  { ...AFTER, title: 'Dice after' },
  { title: 'Change', isNumber: true, cell: ({ before, after }) => changeText(before?.dice ?? null, after.dice) },
];
const FLOOR: Column<ClassChange> = { title: 'Floor', isNumber: true, cell: ({ floor }) => shareText(floor) };

/** The model before and after on the held-out frames, which is better, and what became of the new one. */
export function GateResult({ results: { evaluation, promotion, model } }: { readonly results: IterationResults }) {
  if (evaluation === undefined && promotion === undefined && model === undefined) return null;
  const gate = evaluation?.gate;
  return (
    <Section title="The new model">
      <KeyValues
        rows={[
          ['What became of it', promotion === undefined ? null : outcomeText(promotion)],
          ['Verdict', gate === undefined ? null : `${gate.verdict}: ${gate.reasons.join('; ')}`],
          ['Mean Dice', evaluation === undefined ? null : meanText(evaluation.frames, gate, evaluation.meanDice)],
          ['Interval (95 %)', gate?.interval == null ? null : intervalText(gate.interval, gate.groups)],
          ['Epochs', model?.epochs ?? null],
          ['Checksum', model === undefined ? null : <Hash key="hash" text={model.checksum} />],
        ]}
      />
      {gate === undefined || gate.classes.first.length === 0 ? null : (
        <DataTable
          label="Dice by class on held-out frames, before and after"
          columns={columnsOf(gate)}
          rows={gate.classes.first}
          keyOf={({ name }) => name}
        />
      )}
    </Section>
  );
}

/** Nothing is compared where there was no model before, and no floor shown where there is none. */
function columnsOf({ before, classes }: GateMeasures): readonly Column<ClassChange>[] {
  const floors = classes.first.some(({ floor }) => floor !== null) ? [FLOOR] : [];
  return [NAME, ...(before === null ? [AFTER] : COMPARED), ...floors];
}

function meanText(frames: number, gate: GateMeasures | undefined, mean: number | null): string {
  const before = gate?.before?.dice ?? null;
  const on = `on ${frames} held-out ${frames === 1 ? 'frame' : 'frames'}`;
  return before === null ? `${shareText(mean)} ${on}` : `${shareText(before)} before, ${shareText(mean)} now, ${on}`;
}

function intervalText({ low, high }: { readonly low: number; readonly high: number }, groups: number): string {
  return `${signedText(low)} to ${signedText(high)}, over ${groups} ${groups === 1 ? 'group' : 'groups'}`;
}

function changeText(before: number | null, after: number | null): string {
  return before === null || after === null ? '–' : signedText(after - before);
}
