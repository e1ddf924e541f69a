/** What frames belong together, as their names tell. */
export interface NameGroups {
  /** As `group` of the file says it; null where names tell nothing. */
  readonly group: string | null;
  readonly groups: number;
}

/** Names that end in a number: what stands before it. */
const NUMBERED = String.raw`^(.+?)[_-]?\d+\.[^.]+$`;

/** Fewer frames a group than these are no series. */
const SERIES = 3;

/**
 * Groups by the names of frames: their folders; else what stands before the last number, where that makes several groups
 * of several frames.
 */
export function groupsOfNames(names: readonly string[]): NameGroups {
  const folders = new Set(names.map((name) => (name.includes('/') ? name.slice(0, name.lastIndexOf('/')) : name)));
  if (names.some((name) => name.includes('/'))) return { group: 'folder', groups: folders.size };
  const pattern = new RegExp(NUMBERED, 'u');
  const series = new Set(names.map((name) => pattern.exec(name)?.[1] ?? name));
  const isSeries = series.size > 1 && names.length >= SERIES * series.size;
  return isSeries ? { group: NUMBERED, groups: series.size } : { group: null, groups: names.length };
}
