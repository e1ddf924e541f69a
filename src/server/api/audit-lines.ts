import type { AuditEntry } from '../../api/endpoints/audit.ts';
import type { Fact, Facts } from '../../contracts/error.ts';

/** So much JSON of what was asked stands in one line of a log; what is longer goes on in further lines. In characters. */
const LONGEST_PART = 4000;

/**
 * A change as lines of a log: the first says who, what, on what and from where; what was asked and what came of it stands there too where it is
 * short, else in numbered parts in the lines after it, which name the change by its time. Nothing is cut.
 */
export function auditLines({ at, who, what, on, from, status, asked, results }: AuditEntry): readonly Facts[] {
  const told: Facts = { ...(asked === null ? {} : { asked }), ...(results === undefined ? {} : { results }) };
  const head = { at, who, what, on, from, status };
  if (lengthOf(told) <= LONGEST_PART) return [{ ...head, ...told }];
  const parts = partsOf(told);
  return [
    { ...head, parts: parts.length },
    ...parts.map((part, index) => ({ at, who, what, part: index + 1, ...part })),
  ];
}

function partsOf(told: Facts): readonly Facts[] {
  return Object.entries(told).flatMap(([field, value]) => piecesOf(value).map((piece) => ({ [field]: piece })));
}

/** A value in pieces of at most {@link LONGEST_PART}: lists by their entries, objects by their fields, everything else as text. */
function piecesOf(value: Fact): readonly Fact[] {
  if (lengthOf(value) <= LONGEST_PART) return [value];
  if (Array.isArray(value)) return together(value);
  if (isRecord(value)) return partsOf(value);
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.match(new RegExp(`[^]{1,${LONGEST_PART}}`, 'gu')) ?? [];
}

/** Neighbours in one list, as many as fit. An entry is never cut. */
function together(entries: readonly Fact[]): readonly Fact[] {
  const groups: Fact[][] = [];
  let length = Infinity;
  for (const entry of entries) {
    const more = lengthOf(entry) + 1;
    if (length + more > LONGEST_PART) {
      groups.push([]);
      length = 0;
    }
    groups.at(-1)?.push(entry);
    length += more;
  }
  return groups;
}

function isRecord(value: Fact): value is Facts {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const lengthOf = (value: Fact): number => JSON.stringify(value).length;
