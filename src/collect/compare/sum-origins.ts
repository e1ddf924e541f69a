import type { OriginCounts } from '../../contracts/origins.ts';

const KINDS = ['auto', 'file', 'semiAuto', 'manual', 'other'] as const;
type Kind = (typeof KINDS)[number];

const KIND_OF: Readonly<Record<string, Kind>> = {
  auto: 'auto',
  file: 'file',
  'semi-auto': 'semiAuto',
  manual: 'manual',
};

/** How many shapes come from where. */
export function countSources(shapes: readonly { readonly source: string }[]): OriginCounts {
  const counts = { auto: 0, file: 0, semiAuto: 0, manual: 0, other: 0 };
  for (const { source } of shapes) counts[KIND_OF[source] ?? 'other'] += 1;
  return counts;
}

/** Both together. */
export function sumOrigins(all: readonly OriginCounts[]): OriginCounts {
  const sum = { auto: 0, file: 0, semiAuto: 0, manual: 0, other: 0 };
  for (const one of all) for (const kind of KINDS) sum[kind] += one[kind];
  return sum;
}

/** Shapes that nobody has edited since they were put in. */
export function asImported({ auto, file }: OriginCounts): number {
  return auto + file;
}

/** Shapes that somebody drew or edited, or that CVAT calls otherwise. */
export function touched({ semiAuto, manual, other }: OriginCounts): number {
  return semiAuto + manual + other;
}
