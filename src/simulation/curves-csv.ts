import type { CurvePoint } from './curve.ts';

const COLUMNS = ['variant', 'seed', 'iteration', 'frames', 'dice', 'agreement', 'corrections'] as const;

/** All points as CSV (RFC 4180) with a heading; an empty cell for what was not measured. */
export function curvesCsv(points: readonly CurvePoint[]): string {
  const rows = points.map((point) => COLUMNS.map((column) => cell(point[column])));
  return [COLUMNS, ...rows].map((row) => `${row.join(',')}\r\n`).join('');
}

function cell(value: string | number | null): string {
  const text = String(value ?? '');
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
