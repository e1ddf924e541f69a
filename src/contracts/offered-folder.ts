/** Entries that one look lists. */
export const MOST_ENTRIES = 200;

/** A page of what a folder below the offered ones holds. */
export interface FolderRequest {
  readonly kind: 'folder';
  /** Absolute folders that are offered. */
  readonly roots: readonly string[];
  /** Absolute, in one of them. */
  readonly path: string;
  /** Entries that come before the page. */
  readonly from: number;
  /** At most {@link MOST_ENTRIES}. */
  readonly limit: number;
}

/** The reference to a folder below the offered ones, with the hash of its files. */
export interface ReferenceRequest {
  readonly kind: 'reference';
  readonly roots: readonly string[];
  readonly path: string;
}

/** What lies in a folder itself, not further below. Hidden entries do not count. */
export interface FolderCounts {
  readonly folders: number;
  readonly files: number;
  /** Of the files. */
  readonly pngs: number;
  /** Of the files, in every format that CVAT takes; PNG is one. */
  readonly images: number;
}

/** A folder or file of a listing. */
export type FolderEntry =
  | { readonly kind: 'folder'; readonly name: string; readonly counts: FolderCounts | null }
  | { readonly kind: 'file'; readonly name: string; readonly bytes: number };

/** Folders first, each kind in the order of its names. */
export interface FolderListing {
  readonly path: string;
  readonly counts: FolderCounts;
  /** Links that lead out of the offered folder or nowhere; they are not listed. */
  readonly leftOut: number;
  readonly entries: readonly FolderEntry[];
}
