/** What was found when a receipt was held against the store. */
export interface Verification {
  readonly id: string;
  /** Of the receipt's own bytes. */
  readonly sha256: string;
  /** True if nothing failed. */
  readonly sound: boolean;
  /** Artifacts that were read and have their hash, by the place of their references. */
  readonly artifacts: readonly { readonly at: string; readonly count: number; readonly bytes: number }[];
  /** Folders in place that are as they were. */
  readonly folders: readonly { readonly at: string; readonly uri: string; readonly files: number }[];
  /** What was counted again and is as stated. */
  readonly recounted: readonly Recount[];
  /** Null for a receipt of `maskloop.receipt/1`, which has no place in a chain. */
  readonly chain: { readonly number: number; readonly sound: number } | null;
  /** Versions of the training set back to its first one, as far as they are sound; null where none was compared. */
  readonly trainingSet: { readonly version: number; readonly sound: number } | null;
  /** What is not there, and need not be: a folder of somebody else, or what was forgotten on purpose. */
  readonly absent: readonly Absence[];
  readonly failures: readonly VerificationFailure[];
}

export interface Recount {
  readonly what: string;
  readonly stated: string;
  readonly counted: string;
}

export interface Absence {
  readonly at: string;
  readonly uri: string;
  /** `forgotten`: there is a tombstone; `gone`: a file or folder in place is no longer there. */
  readonly why: 'forgotten' | 'gone';
}

export interface VerificationFailure {
  /** Place of the reference, link of the chain, or what was counted. */
  readonly at: string;
  readonly problem: string;
}
