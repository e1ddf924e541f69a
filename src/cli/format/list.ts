import type { IterationRow } from '../../operations/list-iterations.ts';
import { waitingText } from './situation.ts';
import { formatTable } from './table.ts';
import { formatAge } from './time.ts';

/** Iterations as a table with a heading; ends with a line break. */
export function formatList(rows: readonly IterationRow[], now: Date): string {
  const heading = ['ID', 'STEP', 'SITUATION', 'FOR', 'STARTED'];
  const lines = rows.map((row) => [
    row.id,
    row.step,
    waitingText(row.waitingFor),
    formatAge(row.since, now),
    row.startedAt.slice(0, 10),
  ]);
  return `${formatTable([heading, ...lines])}\n`;
}
