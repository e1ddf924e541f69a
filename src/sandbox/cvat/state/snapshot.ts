import { z } from 'zod';
import type { CvatState, StateMarks } from './cvat-state.ts';

/** Keeps bytes apart from the text of a snapshot and names them. */
export type KeepBytes = (bytes: Buffer, isGrowing: boolean) => string;
export type FindBytes = (name: string) => Buffer;

const marksSchema = z.object({
  counters: z.record(z.string(), z.number()),
  lastMicros: z.number(),
  random: z.number(),
});
const snapshotSchema = z.object({ marks: marksSchema, maps: z.record(z.string(), z.unknown()) });

/** Maps, sets and bytes in a snapshot are objects with one of these as their only member. */
const taggedSchema = z.union([
  z.strictObject({ $map: z.array(z.tuple([z.unknown(), z.unknown()])) }),
  z.strictObject({ $set: z.array(z.unknown()) }),
  z.strictObject({ $bytes: z.string() }),
]);

/** The whole of a state as JSON. Uploads still grow, so that their bytes are looked at anew every time. */
export function takeSnapshot(state: CvatState, keep: KeepBytes): string {
  const maps = Object.entries(state).flatMap(([name, value]: [string, unknown]) =>
    value instanceof Map ? [[name, encode(value, (bytes) => keep(bytes, name === 'uploads'))] as const] : [],
  );
  return JSON.stringify({ marks: state.marks() satisfies StateMarks, maps: Object.fromEntries(maps) });
}

/**
 * Fills an empty state from a snapshot.
 *
 * @throws Error if the text is no snapshot
 */
export function restoreSnapshot(state: CvatState, snapshot: string, find: FindBytes): void {
  const { marks, maps } = snapshotSchema.parse(JSON.parse(snapshot));
  state.resume(marks);
  for (const [name, target] of Object.entries(state)) {
    const saved: unknown = decode(maps[name], find);
    if (!isMap(target) || !isMap(saved)) continue;
    for (const [key, value] of saved) target.set(key, value);
  }
}

function isMap(value: unknown): value is Map<unknown, unknown> {
  return value instanceof Map;
}

function encode(value: unknown, keep: (bytes: Buffer) => string): unknown {
  if (Buffer.isBuffer(value)) return { $bytes: keep(value) };
  if (isMap(value)) return { $map: [...value].map(([key, part]) => [encode(key, keep), encode(part, keep)]) };
  if (value instanceof Set) return { $set: [...value].map((part) => encode(part, keep)) };
  if (Array.isArray(value)) return value.map((part: unknown) => encode(part, keep));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, encode(part, keep)]));
}

function decode(value: unknown, find: FindBytes): unknown {
  if (Array.isArray(value)) return value.map((part: unknown) => decode(part, find));
  if (typeof value !== 'object' || value === null) return value;
  const tagged = taggedSchema.safeParse(value).data;
  if (tagged === undefined) {
    return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, decode(part, find)]));
  }
  if ('$bytes' in tagged) return find(tagged.$bytes);
  if ('$set' in tagged) return new Set(tagged.$set.map((part) => decode(part, find)));
  return new Map(tagged.$map.map(([key, part]) => [decode(key, find), decode(part, find)]));
}
