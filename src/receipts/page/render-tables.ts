import { escapeText, element, type Content, type Markup } from './markup.ts';
import type { PageContent } from './page-content.ts';

/** Pairs of a name and what belongs to it; those without are left out. */
export function renderPairs(pairs: readonly (readonly [string, Content])[]): Markup {
  const shown = pairs.filter(([, value]) => value !== null && value !== '');
  return element(
    'dl',
    {},
    shown.map(([name, value]) => [element('dt', {}, name), element('dd', {}, value)]),
  );
}

/** A table; cells of the columns named in `numbers` are set as numbers. */
export function renderTable(
  head: readonly string[],
  rows: readonly (readonly Content[])[],
  numbers: readonly number[] = [],
): Markup {
  const style = (column: number): { class: string | null } => ({ class: numbers.includes(column) ? 'number' : null });
  const titles = head.map((title, column) => element('th', { scope: 'col', ...style(column) }, title));
  const body = rows.map((row) =>
    element(
      'tr',
      {},
      row.map((cell, column) => element('td', style(column), cell)),
    ),
  );
  const table = element('table', {}, element('thead', {}, element('tr', {}, titles)), element('tbody', {}, body));
  return element('div', { class: 'scroll' }, table);
}

/** Dice by class. Columns that no class has are left out. */
export function renderClasses({ classes, gate, receipt }: PageContent): Markup | null {
  const { evaluation } = receipt.results;
  const columns: readonly (readonly [string, (row: (typeof classes)[number]) => Content, boolean])[] = [
    ['model before', ({ before }) => number(before), classes.some(({ before }) => before !== null)],
    ['new model', ({ after }) => number(after), evaluation !== undefined],
    ['change', ({ before, after }) => change(before, after), classes.some(({ before }) => before !== null)],
    ['floor', ({ floor }) => number(floor), classes.some(({ floor }) => floor !== null)],
    ['pre-annotation', ({ agreement }) => number(agreement), classes.some(({ agreement }) => agreement !== null)],
  ];
  const shown = columns.filter(([, , isShown]) => isShown);
  if (shown.length === 0) return null;
  const mean =
    evaluation === undefined
      ? []
      : [
          meanRow(
            shown.map(([title]) => title),
            evaluation.meanDice,
            gate,
          ),
        ];
  return element(
    'section',
    {},
    element('h2', {}, 'Dice by class'),
    renderTable(
      ['class', ...shown.map(([title]) => title)],
      [...classes.map((row) => [row.name, ...shown.map(([, cell]) => cell(row))]), ...mean],
      shown.map((_, column) => column + 1),
    ),
    explanation(evaluation?.frames, gate),
  );
}

function meanRow(titles: readonly string[], after: number | null, gate: PageContent['gate']): readonly Content[] {
  const cells: Readonly<Record<string, Content>> = {
    'model before': number(gate?.before?.dice ?? null),
    'new model': number(after),
    change: change(gate?.before?.dice ?? null, gate?.after.dice ?? null),
  };
  return [element('strong', {}, 'mean'), ...titles.map((title) => cells[title] ?? '')];
}

function explanation(frames: number | undefined, gate: PageContent['gate']): Markup | null {
  const interval = gate?.interval ?? null;
  const parts = [
    frames === undefined ? '' : `Models are measured on ${frames} held-out ${frames === 1 ? 'frame' : 'frames'}.`,
    interval === null
      ? ''
      : `Difference of the means, 95 % interval over ${gate?.groups ?? 0} groups: ${signed(interval.low)} to ${signed(interval.high)}.`,
    'Pre-annotation: how far it agrees with the final labels.',
  ];
  return element('p', { class: 'faint' }, parts.filter((text) => text !== '').join(' '));
}

function number(value: number | null): string {
  return value === null ? '–' : value.toFixed(4);
}

function change(before: number | null, after: number | null): Content {
  if (before === null || after === null) return '–';
  const difference = after - before;
  return element('span', { class: difference < 0 ? 'worse' : 'better' }, signed(difference));
}

function signed(value: number): string {
  return `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(4)}`;
}

/** A hash or checksum. */
export function renderHash(text: string): Markup {
  return { markup: `<code>${escapeText(text)}</code>` };
}
