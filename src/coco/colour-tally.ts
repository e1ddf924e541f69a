import { colourName } from './colour.ts';
import { TRANSPARENT } from './png/pixel-colours.ts';

/** So many unknown colours of a mask are told apart: a photograph has millions. */
const MAX_UNKNOWN = 256;
const OTHERS = 'other';

/** A colour of a mask. */
export interface ColourEntry {
  /** `#rrggbb`; `other` for all unknown colours beyond the first 256. */
  readonly name: string;
  /** Null if the label map does not name it. */
  readonly value: number | null;
  /** How many have it. */
  pixels: number;
  /** The first of them, counted row by row. */
  first: number;
}

/** What the colours of one mask count as, and how often unknown ones occur. */
export class ColourTally {
  readonly #table: ReadonlyMap<number, number>;
  readonly #entries = new Map<number, ColourEntry>();
  #unknown = 0;
  #others: ColourEntry | null = null;

  /** @param table values by colour */
  constructor(table: ReadonlyMap<number, number>) {
    this.#table = table;
  }

  /** The entry of a colour, or of {@link TRANSPARENT}, to be counted by the caller. */
  entryOf(colour: number): ColourEntry {
    return this.#entries.get(colour) ?? this.#add(colour);
  }

  /** Unknown colours in the order in which the mask shows them, row by row. */
  unknown(): readonly ColourEntry[] {
    const listed = [...this.#entries.values()].filter(({ value }) => value === null);
    return [...listed.toSorted((a, b) => a.first - b.first), ...(this.#others === null ? [] : [this.#others])];
  }

  #add(colour: number): ColourEntry {
    const value = colour === TRANSPARENT ? 0 : (this.#table.get(colour) ?? null);
    if (value === null && this.#unknown === MAX_UNKNOWN) return (this.#others ??= entry(OTHERS, null));
    if (value === null) this.#unknown += 1;
    const added = entry(colour === TRANSPARENT ? '' : colourName(colour), value);
    this.#entries.set(colour, added);
    return added;
  }
}

function entry(name: string, value: number | null): ColourEntry {
  return { name, value, pixels: 0, first: Number.POSITIVE_INFINITY };
}
