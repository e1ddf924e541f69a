import { readFileSync } from 'node:fs';

/** One exchange with a real server, as `scripts/derive-fixtures.ts` has shortened it. */
export interface RecordedExchange {
  readonly case: string;
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly json?: unknown;
  readonly text?: string;
}

/** Masks as they were sent in COCO, and the points that CVAT stored for them, in no common order. */
export interface RecordedMasks {
  readonly case: string;
  readonly sent: readonly { readonly size: readonly [number, number]; readonly counts: string | readonly number[] }[];
  readonly stored: readonly (readonly number[])[];
}

export const VERSIONS = ['2.73.0', '2.54.1'] as const;

export function recorded(version: string): readonly RecordedExchange[] {
  return fixture(`cvat-${version}`) as RecordedExchange[];
}

export function recordedMasks(version: string): readonly RecordedMasks[] {
  return fixture(`cvat-${version}-masks`) as RecordedMasks[];
}

/** What CVAT gave back of a task with shapes of every kind. */
export function recordedMixedShapes(version: string): unknown {
  const all = fixture('cvat-mixed-shapes') as { version: string; annotations: unknown }[];
  return all.find((one) => one.version === version)?.annotations;
}

function fixture(name: string): unknown {
  return JSON.parse(readFileSync(new URL(`../../fixtures/${name}.json`, import.meta.url), 'utf8'));
}
