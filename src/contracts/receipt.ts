import type { Decision, IterationInput, IterationResults, StepRecord } from './iteration.ts';
import type { Category } from './categories.ts';
import type { ArtifactRef } from './refs.ts';

/**
 * The record of one finished iteration, kept in the store as `receipts/{id}.json`. `maskloop.receipt/1` ends with
 * `versions.cvat`; all that is marked as absent in it came with `maskloop.receipt/2`. `docs/receipt.md` has every field.
 */
export interface Receipt {
  readonly schema: 'maskloop.receipt/1' | 'maskloop.receipt/2';
  readonly id: string;
  readonly workflow: { readonly runId: string; readonly firstRunId: string };
  readonly startedAt: string;
  readonly endedAt: string;
  readonly input: IterationInput;
  readonly categories: readonly Category[];
  readonly results: Omit<IterationResults, 'receipt'>;
  readonly steps: readonly StepRecord[];
  readonly decisions: readonly Decision[];
  readonly versions: ReceiptVersions;
  /** Its place among the receipts of its connection and project. Absent in `/1`. */
  readonly chain?: ReceiptChain;
  /** CVAT when the receipt was written; null without a task. Absent in `/1`. */
  readonly cvat?: CvatRecord | null;
  /** What was trained with, when the receipt was written; null without a training. Absent in `/1`. */
  readonly trainer?: TrainerRecord | null;
}

interface ReceiptVersions {
  /** Of the package. */
  readonly maskloop: string;
  /** CVAT's when the task was found or made; null without one. */
  readonly cvat: string | null;
  /** Commit that the running code was built from; null where that is not known. Absent in `/1`. */
  readonly commit?: string | null;
}

export interface ReceiptChain {
  /** From 1, without gaps. */
  readonly number: number;
  /** Null for the first. */
  readonly previous: PreviousReceipt | null;
}

/** The receipt before. `sha256` is that of its bytes. */
export interface PreviousReceipt {
  readonly number: number;
  readonly id: string;
  readonly sha256: string;
}

/** What CVAT said of itself and of the task. What it did not say is null. */
export interface CvatRecord {
  readonly readAt: string;
  /** Code of the failure that kept it from being read, after which all below is null. */
  readonly unread: string | null;
  readonly version: string | null;
  readonly projectId: number | null;
  readonly taskId: number | null;
  readonly taskName: string | null;
  readonly organizationId: number | null;
  readonly frames: number | null;
  /** Frames a job, and frames that two neighbouring jobs share. */
  readonly segmentSize: number | null;
  readonly overlap: number | null;
}

/** The server or program that trained. What it did not say is null. */
export interface TrainerRecord {
  readonly readAt: string;
  /** Code of the failure that kept it from being read. */
  readonly unread: string | null;
  readonly kind: string;
  readonly address: string;
  /** What the operator states as its version, which MONAI Label has in no answer. */
  readonly stated: string | null;
  /** SHA-256 of its OpenAPI document with the keys of all objects sorted. */
  readonly openApiSha256: string | null;
}

/** One link of a chain, the document `chains/{connection}/{project}/{number}`: which receipt has this place. */
export interface ChainLink extends ReceiptChain {
  readonly schema: 'maskloop.link/1';
  readonly id: string;
  /** Of the workflow that wrote it: a further try finds its own link by it. */
  readonly firstRunId: string;
  readonly receipt: ArtifactRef;
}
