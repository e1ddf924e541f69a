/** A column of a list of things. */
export interface Column {
  readonly key: string;
  readonly label: string;
  /** Choices; absent for a text. */
  readonly words?: readonly string[];
  readonly example?: string;
  /** May have several lines. */
  readonly isLong?: true;
}

/** Lines of a list as its inputs hold them, all texts. */
export type Row = Readonly<Record<string, string>>;

/** How a list stands in the file. */
export interface RowsShape {
  readonly columns: readonly Column[];
  /** What one line is: `person`. */
  readonly one: string;
  /** The lines of a value; null where lines cannot say it. */
  readonly read: (value: unknown) => readonly Row[] | null;
  /** The value of lines, those that are not complete left out; undefined for nothing. */
  readonly write: (rows: readonly Row[]) => unknown;
}

/** How a value is shown and changed. */
export type Control =
  | { readonly kind: 'text'; readonly example?: string }
  | { readonly kind: 'word'; readonly says?: Readonly<Record<string, string>>; readonly usual?: string }
  | { readonly kind: 'yes' }
  | { readonly kind: 'number'; readonly unit?: string }
  | { readonly kind: 'duration' }
  | { readonly kind: 'names'; readonly example: string; readonly isNumbers?: true }
  | { readonly kind: 'words' }
  | {
      readonly kind: 'or';
      /** What it means where nothing is said; absent where something has to be. */
      readonly none?: string;
      readonly says: Readonly<Record<string, string>>;
      readonly other: string;
      readonly example: string;
    }
  | { readonly kind: 'completion' }
  | { readonly kind: 'rows'; readonly shape: RowsShape }
  /** Keys that are there together or not at all. */
  | { readonly kind: 'part'; readonly begin: unknown; readonly fields: readonly Field[] }
  | { readonly kind: 'held-out' };

/** A value of the file. */
export interface Field {
  /** Keys from the top, with dots. */
  readonly path: string;
  readonly label: string;
  readonly control: Control;
  /** Keys that the control writes besides. */
  readonly besides?: readonly string[];
  /** Shown only where this holds, or where it says something. @param get the value at a path, as it counts */
  readonly when?: (get: (path: string) => unknown) => boolean;
  /** Of which loop it is: an edit cannot change it. */
  readonly isFixed?: true;
}

/** Values that belong together. */
export interface FieldSection {
  readonly title: string;
  readonly about: string;
  /** Open from the beginning. */
  readonly isOpen?: true;
  readonly fields: readonly Field[];
}
