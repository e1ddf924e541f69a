import type { FirstRanges, Ranges } from './ranges.ts';
import type { PassedDeadline } from './deadline.ts';

/** References that travel through Temporal instead of contents. All are JSON and stay far below 16 kB. */

/** One immutable artifact in the store, or a file in place. `uri` is `store:…` or `file:///…`. */
export interface ArtifactRef {
  readonly uri: string;
  /** Lower-case hex SHA-256 of the content. */
  readonly sha256: string;
  readonly bytes: number;
}

/** A folder of masks or images: used in place, or put into the store. */
export interface FolderRef {
  /** `file:///…` of a folder in place; `store:…` of the list of its files. */
  readonly uri: string;
  /** SHA-256 over the sorted names and content hashes of the files, wherever they are; see `storage/folder-digest`. */
  readonly sha256: string;
  readonly files: number;
  /** Only of a folder in the store: its `FileList`. */
  readonly manifest?: ArtifactRef;
}

/** Images that lie in the folder which CVAT's server shares: a folder in it, or a text with one path a line. */
export type ShareRef = { readonly folder: string } | { readonly list: ArtifactRef };

/** The COCO document of an iteration and its copy for CVAT. */
export interface DatasetRef {
  /** The document as a person would read it: `{task}{suffix}.json`. */
  readonly document: ArtifactRef;
  /** The same with `attributes: {"source": "auto"}` on every annotation. */
  readonly preannotations: ArtifactRef;
  readonly images: number;
  readonly annotations: number;
  /** Pixels left out because their value is declared by no category, by value. Only with `unknown: 'skip'`; at most 20 values. */
  readonly skippedPixels: Readonly<Record<string, number>>;
  /** Components left out because they were too small. */
  readonly dropped: { readonly components: number; readonly pixels: number };
}

/** A CVAT task and what it looked like when it was found or made. */
export interface TaskRef {
  readonly projectId: number;
  readonly taskId: number;
  /** Address of the task for people. */
  readonly url: string;
  readonly created: boolean;
  readonly frames: number;
  /** Number of jobs of type annotation; fewer at completion is never "complete". */
  readonly jobs: number;
  /** Their ids, where they fit; jobs that come later are waited for as well. */
  readonly jobIds?: Ranges;
  /** Null for none. */
  readonly organizationId?: number | null;
  readonly cvatVersion: string;
}

/**
 * What the task held before the import. Kept in the history, it tells a later try whether an import has happened since,
 * and whether what would be overwritten is still what was agreed to.
 */
export interface GuardRef {
  /** `people`: shapes that the import would delete, and may, since it was started with `--overwrite`. */
  readonly holds: 'nothing' | 'ours' | 'people';
  /** CVAT's time of the newest import into the task at that moment; null if it knew of none. */
  readonly previousImport: string | null;
  /** Deleted frames of the task that have a mask, and their shapes: they are not sent. */
  readonly leftOut: { readonly frames: number; readonly shapes: number };
  /** Digest over all that the jobs held; see `cvat/native-items`. Only where it may be overwritten. */
  readonly content?: string;
  /** True where jobs are written one by one; absent means the task as a whole. */
  readonly perJob?: boolean;
}

/** All of a set of numbers of which only the first ranges travel. */
export interface MoreRanges {
  readonly total: number;
  /** A JSON list of all ranges. */
  readonly list: ArtifactRef;
}

/** What an import put into the task. */
export interface ImportRef {
  readonly shapes: number;
  /** Digest over frame, label and points of all shapes that were sent; see `cvat/shape-digest`. */
  readonly sha256: string;
  /** True if an earlier try had already put them there. */
  readonly adopted: boolean;
  /** CVAT's time of the end of our request; null or absent where it is not known. */
  readonly finishedAt?: string | null;
  /** What was there before; null where nothing was ever sent. */
  readonly backup?: BackupRef | null;
  /** Only where jobs were written one by one. */
  readonly perJob?: {
    /** Jobs that hold our shapes. */
    readonly written: number;
    /** Their ids. */
    readonly writtenJobs: Ranges;
    /** Only where those are the first of more. */
    readonly writtenMore?: MoreRanges;
    /** Number of {@link leftAloneJobs}. */
    readonly leftAlone: number;
    /** Ids of the jobs that were not touched. */
    readonly leftAloneJobs: Ranges;
    /** Only where those are the first of more. */
    readonly leftAloneMore?: MoreRanges;
    /** Why, for the first 50 of them. */
    readonly left: readonly JobLeftAlone[];
  };
}

/** Somebody in CVAT. */
export interface PersonRef {
  readonly id: number;
  readonly username: string;
}

/** Whom the jobs were given to. */
export interface AssignmentRef {
  /** In the order in which the iteration names them; what they have, not only what was given now. */
  readonly people: readonly { readonly username: string; readonly jobs: number; readonly frames: number }[];
  /** Jobs that somebody else has. */
  readonly others: number;
}

/** People are done, as read from CVAT: all annotation jobs are complete, or as many as the rule or the deadline asks for. */
export interface CompletionRef {
  /** All annotation jobs, unfinished ones included. */
  readonly jobs: number;
  /** ISO time of the read that saw them complete. */
  readonly completedAt: string;
  /** Why it ended with jobs open: enough frames, or the deadline. */
  readonly why?: 'enough' | 'deadline';
  /** Ids of the jobs that the iteration goes on without; absent for none. Their frames are not labels. */
  readonly unfinished?: Ranges;
  /** Only where those are the first of more. */
  readonly unfinishedMore?: MoreRanges;
  /** Frames that are in no completed job; at most 50 ranges of them. */
  readonly unfinishedFrames?: FirstRanges;
  /** True where these frames are for whoever chooses the next frames. */
  readonly carried?: true;
  /** The list of them, `CarriedFrames`; only where there are any. */
  readonly carriedFrames?: ArtifactRef;
  /** Deadlines that had passed before and were moved by themselves; absent for none. */
  readonly deadlines?: readonly PassedDeadline[];
  /** What was found on the way, in words: a newer CVAT, changed labels, deleted frames. */
  readonly notes?: readonly string[];
}

/** The final labels, frozen: a manifest (`LabelManifest`) of one PNG a frame. */
export interface LabelsRef {
  readonly manifest: ArtifactRef;
  readonly frames: number;
  /** Frames with at least one labelled pixel. */
  readonly labelledFrames: number;
  readonly shapes: number;
  /** Tags of frames; they have no pixels and are counted only. */
  readonly tags: number;
  readonly sealedAt: string;
  /** SHA-256 of the seal that the labels were built from. */
  readonly seal?: string;
  /** What people left that has no pixels of its own, by kind: `polyline`, `points`, `tag`, `deleted frame`, … */
  readonly leftOut?: Readonly<Record<string, number>>;
  /** Pixels on which shapes of different classes lie. */
  readonly overlappingPixels?: number;
}

export interface ReceiptRef {
  readonly receipt: ArtifactRef;
}

/** The annotations of every annotation job before something was written, in the store under a name of their own. */
export interface BackupRef {
  /** `backups/{id}/{number}`: a document ({@link Backup}). */
  readonly name: string;
  readonly number: number;
  /** The same document as an artifact. */
  readonly manifest: ArtifactRef;
  readonly takenAt: string;
  /** Counts of jobs, and of the shapes, tracks and tags in them. */
  readonly jobs: number;
  readonly shapes: number;
  readonly tracks: number;
  readonly tags: number;
}

/** A job that an import or a restore did not touch. */
export interface JobLeftAlone {
  readonly job: number;
  readonly reason: string;
}
