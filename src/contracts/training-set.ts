import type { ArtifactRef, FolderRef } from './refs.ts';

/** One image that is trained on, and the label that we put there for it. */
export interface TrainedFrame {
  readonly imageId: string;
  /** Id of the iteration that put the label there. */
  readonly by: string;
  /** Frame name as CVAT has it, and its number in the task. */
  readonly name: string;
  readonly frame: number;
  readonly imageSha256: string;
  /** Label PNG whose pixel values are category ids. */
  readonly label: ArtifactRef;
  /** The label as the trainer was given it, in the model's indices. */
  readonly submitted: ArtifactRef;
  /** SHA-256 of labels that we gave it before and that may still lie there; absent for none. */
  readonly earlier?: readonly string[];
  /** True while it is not to be trained on, and its label is not in the trainer, since its iteration has no receipt. */
  readonly aside?: true;
}

/** A frame that is measured with and never trained on. */
export interface HeldOutPicture {
  readonly imageId: string;
  readonly name: string;
  /** SHA-256 of the image. */
  readonly imageSha256: string;
}

/** What an iteration holds out. */
export interface Holding {
  /** Which frames belong together, as `TrainingOptions.group`; each frame alone if absent. */
  readonly group?: string;
  readonly frames: readonly HeldOutPicture[];
}

/** A frame of an iteration that is not trained on, and may come, or come back. */
export interface AwayFrame {
  readonly imageId: string;
  readonly name: string;
  readonly imageSha256: string;
  /** SHA-256 of its label in category ids as it was sealed, or trained on before. */
  readonly before: string;
  /** `deleted` in CVAT, as an amendment notes; `edited` after its seal and before it was trained on, and not to be sealed anew yet. */
  readonly why: 'deleted' | 'edited';
}

/** An iteration whose labels are in a training set: where its images came from, and how its model numbers classes. */
export interface TrainingOrigin {
  readonly connection: string;
  readonly project: string;
  readonly taskId: number;
  readonly images: FolderRef | null;
  readonly model: string;
  /** Label index of the model by class name. */
  readonly indexOf: Readonly<Record<string, number>>;
  /** Category id by class name. */
  readonly categoryOf: Readonly<Record<string, number>>;
  /** Images that it held out. */
  readonly heldOut: readonly string[];
  /** The same with all that tells frames which come near them; absent in versions of before. */
  readonly holding?: Holding;
  /** Frames of it that may come, or come back, also those that have come back; absent for none. */
  readonly away?: readonly AwayFrame[];
  /** Images whose labels it took out, over all its tries; absent for none. */
  readonly removed?: readonly string[];
  /** Images whose labels of earlier iterations it put back, or was about to; absent for none. */
  readonly putBack?: readonly string[];
  /** Iterations with a receipt that no training had read, and whose labels it added; absent for none. */
  readonly tookUp?: readonly string[];
}

/** A label that somebody else put there and a person approved. */
export interface ApprovedLabel {
  readonly imageId: string;
  readonly labelSha256: string;
  /** SHA-256 of the image that it lay on; absent where an earlier version had it approved. */
  readonly imageSha256?: string;
  /** Id of the iteration in which it was approved. */
  readonly approvedIn: string;
}

/** Everything that one trainer holds for training, as far as we put it there or a person approved it. */
export interface TrainingSet {
  /** By image id. */
  readonly frames: readonly TrainedFrame[];
  /** By id of the iteration. */
  readonly origins: Readonly<Record<string, TrainingOrigin>>;
  readonly approved: readonly ApprovedLabel[];
}

/** One version of the training set of a trainer, kept in the store as `training-sets/{trainer}/{version}`; never changed. */
export interface TrainingSetVersion {
  readonly schema: 'maskloop.training-set/1';
  readonly trainer: { readonly kind: string; readonly address: string };
  /** Counts from 1. */
  readonly version: number;
  /** SHA-256 of the document of the version before; null for the first. */
  readonly previous: string | null;
  /** Id of the iteration that wrote it, and when, ISO. */
  readonly by: string;
  readonly at: string;
  readonly frames: number;
  /** JSON ({@link TrainingSet}). */
  readonly content: ArtifactRef;
}

/** How a label in the trainer differs from the training set. */
export interface SetDifference {
  /**
   * `changed`: another label than ours; `image changed`: another image than the label was made for, whatever became of the label;
   * `held out`: a label on a frame that is never to be trained on.
   */
  readonly what: 'extra' | 'missing' | 'changed' | 'image changed' | 'held out';
  readonly imageId: string;
  /** Frame name where it is known. */
  readonly name: string | null;
  /** Id of the iteration that put it there; null where that is not known. */
  readonly by: string | null;
  /** True if that iteration has a receipt. */
  readonly hasReceipt: boolean;
}

/** The training set as it was found in the trainer. */
export interface TrainingSetRef {
  /** Name of the version in the store, and the same document as an artifact. */
  readonly name: string;
  readonly document: ArtifactRef;
  readonly version: number;
  /** Labels of this iteration, of earlier ones, and approved ones. */
  readonly own: number;
  readonly earlier: number;
  readonly approved: number;
  /** Labels of iterations without a receipt, which were taken out and come back with it; absent for none. */
  readonly aside?: number;
  /**
   * Iterations of the project that have a receipt with sealed labels, did not train, and could not be trained on here either,
   * at most 10 of them; absent for none.
   */
  readonly neverSubmitted?: { readonly count: number; readonly first: readonly string[] };
  /**
   * Iterations of the project whose labels a training at another trainer has read, and that are not trained on here: at most
   * 10 of them; absent for none.
   */
  readonly elsewhere?: { readonly count: number; readonly first: readonly string[] };
  /** True where it could not be seen whether the trainer fetches labels by itself; absent where it does not. */
  readonly feedNotKnown?: true;
  /** ISO time of the look. */
  readonly checkedAt: string;
  /** What differs; only in a look after the training. `list` is a JSON list of all ({@link SetDifference}). */
  readonly differs?: { readonly count: number; readonly first: readonly string[]; readonly list: ArtifactRef };
}

/** What a person has decided about the training set of this iteration. */
export interface SetDecisions {
  /** True if what is missing may be put back. */
  readonly putBack: boolean;
  /** Digests of the lists of differences that were approved. */
  readonly approved: readonly string[];
}

/** One label of an earlier iteration that was replaced after its receipt. */
export interface AmendedFrame {
  readonly imageId: string;
  readonly name: string;
  /** SHA-256 of the label PNG in category ids, before and now; null where the frame is no longer trained on. */
  readonly before: string;
  readonly after: string | null;
}

/** A frame or a task that was edited after its seal and is trained on as it was sealed. */
export interface NotAmended {
  readonly iteration: string;
  /** Frame name; null for the whole task. */
  readonly frame: string | null;
  /** In words, or the code of the failure that kept the task from being sealed anew. */
  readonly why: string;
}

/** What a later iteration changed of an earlier one, kept as `amendments/{id}/{number}`. */
export interface Amendment {
  readonly schema: 'maskloop.amendment/1';
  /** Id of the iteration whose labels are amended. */
  readonly id: string;
  readonly number: number;
  readonly by: string;
  readonly at: string;
  /** The task as it was sealed anew; absent where an iteration sealed the same task again itself. */
  readonly seal?: ArtifactRef;
  readonly frames: readonly AmendedFrame[];
}

/** An amendment as the receipt names it. */
export interface AmendmentRef {
  readonly name: string;
  readonly document: ArtifactRef;
  readonly id: string;
  readonly frames: number;
}

/** What people corrected after earlier receipts of the same project. */
export interface CorrectionsRef {
  /** Earlier iterations whose tasks have changed since their seal, and were compared with it. */
  readonly looked: number;
  /** The first 10; `list` is a JSON list of all, null for none. */
  readonly amendments: {
    readonly count: number;
    readonly first: readonly AmendmentRef[];
    readonly list: ArtifactRef | null;
  };
  /** What was edited and left as it was sealed, at most 20, and how many they are. */
  readonly left: { readonly count: number; readonly first: readonly NotAmended[] };
}
