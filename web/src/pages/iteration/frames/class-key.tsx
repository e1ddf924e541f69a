import { DataTable, type Column } from '../../../parts/data-table.tsx';
import { countWords } from '../../../words/count-words.ts';
import { agreementOf } from '../changes/agreement.ts';
import type { Drawing } from '../overlay/drawing.ts';
import type { DrawnClass } from '../overlay/drawn-class.ts';
import { DIFFERENCE_LOOKS, DIFFERENCES } from '../overlay/paint-layer.ts';
import { countPixels, overlapOf } from '../overlay/stretches.ts';
import { shareText } from '../training/share-text.ts';
import type { FrameSearch } from './frame-search.ts';
import { Swatch } from './swatch.tsx';

interface Row extends DrawnClass {
  readonly before: number;
  readonly after: number;
  readonly both: number;
}

const NAME: Column<Row> = {
  title: 'Class',
  isName: true,
  cell: ({ name, colour, place }) => (
    <span className="class-name">
      <Swatch colour={colour} place={place} /> {name}
    </span>
  ),
};

const BEFORE: Column<Row> = {
  title: 'Pre-annotation, pixels',
  isNumber: true,
  cell: ({ before }) => countWords(before),
};
const AFTER: Column<Row> = { title: 'Final label, pixels', isNumber: true, cell: ({ after }) => countWords(after) };
const DICE: Column<Row> = { title: 'Dice', isNumber: true, cell: (row) => shareText(agreementOf(row).dice) };

/** Which colour and pattern is which class, with the pixels of each; and what the marks of the difference mean. */
export function ClassKey({ drawing, search }: { readonly drawing: Drawing; readonly search: FrameSearch }) {
  const { has, classes, changes } = drawing;
  const counted = classes.map((one) => ({
    ...one,
    before: countPixels(one.layers.preannotation),
    after: countPixels(one.layers.label),
    both: overlapOf(one.layers.preannotation, one.layers.label),
  }));
  const shown = search.on.includes('prediction');
  const rows = counted.filter(({ before, after }) => shown || before + after > 0);
  const columns = [
    NAME,
    ...(has.preannotation ? [BEFORE] : []),
    ...(has.label ? [AFTER] : []),
    ...(changes === null ? [] : [DICE]),
  ];
  return (
    <>
      {search.on.includes('difference') && changes !== null ? (
        <ul className="difference-key" aria-label="Marks of the difference">
          {DIFFERENCES.map((kind) => (
            <li key={kind}>
              <Swatch colour={DIFFERENCE_LOOKS[kind].colour} place={DIFFERENCE_LOOKS[kind].place} />{' '}
              {DIFFERENCE_LOOKS[kind].word}: {countWords(countPixels(changes[kind]))} pixels
            </li>
          ))}
        </ul>
      ) : null}
      {rows.length === 0 ? null : (
        <DataTable label="Classes of the frame" columns={columns} rows={rows} keyOf={({ category }) => category} />
      )}
    </>
  );
}
