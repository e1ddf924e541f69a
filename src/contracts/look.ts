import type { LabelsRequest } from './collected-labels.ts';
import type { FolderRequest, ReferenceRequest } from './offered-folder.ts';
import type { FolderRef } from './refs.ts';

/** The registered name of the workflow that has a worker look at something for a page, in CVAT or on its machine; never changed. */
export const LOOK_WORKFLOW = 'lookWorkflow';

/** Where the worker leaves what it saw for the server, which takes it away; what is older than {@link ANSWER_LIVES_MS} nobody fetches any more. */
export const ANSWERS = 'answers/';

/** In milliseconds. */
export const ANSWER_LIVES_MS = 10 * 60_000;

/** A picture has at most so many bytes. */
export const MOST_PICTURE_BYTES = 32 * 1024 * 1024;

/** Tasks that are looked at together. */
export const MOST_TASKS = 50;

/** The picture of a frame. */
export interface PictureRequest {
  readonly kind: 'picture';
  readonly connection: string;
  /** Null before there is a task: then it is in the folder, or nowhere. */
  readonly taskId: number | null;
  /** Name of the frame, or of its mask where the number is not known. */
  readonly name: string;
  readonly frame: number | null;
  readonly images: FolderRef | null;
}

/** The jobs of tasks. */
export interface JobsRequest {
  readonly kind: 'jobs';
  readonly connection: string;
  /** At most {@link MOST_TASKS}. */
  readonly tasks: readonly number[];
  /** True to look into completed jobs as well: whether anybody has edited anything. */
  readonly withEdits: boolean;
}

export type LookRequest = PictureRequest | JobsRequest | FolderRequest | ReferenceRequest | LabelsRequest;

/** What takes as long as there is much of it; whoever asks asks meanwhile whether it is through. */
export function isLongLook({ kind }: LookRequest): boolean {
  return kind === 'reference' || kind === 'labels';
}

/** Where the answer is. */
export interface LookAnswer {
  /** Name of the document in the store: a picture's bytes, or JSON (a list of {@link TaskJobs}, a `FolderListing`, a `FolderRef`, `CollectedLabels`). */
  readonly name: string;
  readonly bytes: number;
}

/** An annotation job as CVAT has it. Times are ISO. */
export interface JobSeen {
  readonly job: number;
  readonly person: string | null;
  readonly stage: 'annotation' | 'validation' | 'acceptance';
  readonly state: 'new' | 'in progress' | 'completed' | 'rejected';
  /** Frame numbers, both inclusive. */
  readonly frames: readonly [number, number];
  readonly updatedAt: string;
  /** Remarks on its frames that nobody has resolved; null where CVAT does not tell. */
  readonly openIssues: number | null;
  /** True if it is completed and no shape in it was edited or added, as far as CVAT's `source` tells; null where that was not looked at. */
  readonly isUntouched: boolean | null;
}

/** The jobs of one task; `failure` where CVAT did not tell, with no jobs then. */
export interface TaskJobs {
  readonly taskId: number;
  readonly jobs: readonly JobSeen[];
  readonly failure: { readonly code: string; readonly message: string } | null;
}

export interface LookActivities {
  /** Looks, and leaves what it saw in the store. */
  look(request: LookRequest): Promise<LookAnswer>;
}
