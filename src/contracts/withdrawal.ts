/** The registered names of the workflows; never changed. */
export const EXCLUDE_FRAMES_WORKFLOW = 'excludeFramesWorkflow';
export const FORGET_FRAMES_WORKFLOW = 'forgetFramesWorkflow';

/** How long the turn with the trainer is waited for, in milliseconds. */
export const TURN_PATIENCE_MS = 5_000;

/** A task by names. */
export interface FramePlace {
  readonly connection: string;
  readonly project: string;
  readonly task: string;
}

/** Who asked for what, and why. */
export interface Asked {
  readonly by: string;
  readonly note: string | null;
}

export interface ExcludeInput extends FramePlace, Asked {
  readonly what: 'exclude' | 'include';
  /** As they were named, with or without their endings. */
  readonly frames: readonly string[];
}

/** What is recorded; `frames` as CVAT names them. */
export interface Recorded {
  readonly frames: readonly string[];
  /** How many of them were not so before. */
  readonly changed: number;
}

export interface ExcludeResult extends FramePlace, Recorded {
  readonly what: 'exclude' | 'include';
  /** `later`: somebody else has the turn, or it is away or held, so the next iteration does it; `none`: there is no trainer. */
  readonly trainer: 'done' | 'later' | 'none';
  /** Why it is done later, where nobody else has the turn. */
  readonly because?: string;
  /** Labels that were taken out of the trainer, and put back. */
  readonly removed: number;
  readonly putBack: number;
}

/** One entry of the document of an excluded frame. */
export interface ExclusionEntry extends Asked {
  readonly what: 'exclude' | 'include';
  readonly at: string;
}

/** The document `exclusions/{connection}/{project}/{task}/{frame}`; the last entry holds. */
export interface Exclusion extends FramePlace {
  readonly schema: 'maskloop.exclusion/1';
  readonly frame: string;
  readonly entries: readonly ExclusionEntry[];
}

/** Which frames are to be forgotten; null where that is left open. */
export interface ForgetInput extends Asked {
  readonly connection: string | null;
  readonly project: string | null;
  readonly task: string | null;
  readonly frames: readonly string[];
  /** False only tells what would be removed. */
  readonly confirmed: boolean;
}

/** The document `forgotten/{connection}/{project}/{task}/{frame}`: written before anything is removed, never removed. */
export interface ForgottenFrame extends FramePlace, Asked {
  readonly schema: 'maskloop.forgotten/1';
  readonly frame: string;
  readonly imageId: string;
  /** SHA-256 of its images that no other frame has. */
  readonly images: readonly string[];
  readonly at: string;
}

/** What is removed, or would be. */
export interface ForgetResult {
  /** False if it was only looked at. */
  readonly done: boolean;
  readonly connection: string;
  readonly project: string;
  readonly task: string;
  /** As CVAT names them. */
  readonly frames: readonly string[];
  /** Artifacts of these frames alone: masks, labels, predictions. Those that were removed earlier count no more. */
  readonly artifacts: number;
  readonly bytes: number;
  /** Artifacts that other frames need as well, and so stay. */
  readonly shared: number;
  /** Notes of what models predict for the images. */
  readonly predictions: number;
  /** Images and labels in the trainer; null where the connection has none. */
  readonly trainer: { readonly address: string; readonly images: number; readonly labels: number } | null;
}

export interface WithdrawalActivities {
  /** Records that frames are excluded or included. */
  recordExclusion(input: ExcludeInput): Promise<Recorded>;
  /** Makes training set and trainer hold what is recorded. To be called with the turn only. */
  settleExclusions(args: { readonly connection: string; readonly id: string }): Promise<{
    readonly removed: number;
    readonly putBack: number;
  }>;
  /** Which frames are meant, and what would be removed of them. */
  planForget(input: ForgetInput): Promise<ForgetResult>;
  /** Removes them; a further try goes on where the one before ended. To be called with the turn only. */
  forgetFrames(input: ForgetInput & { readonly runId: string }): Promise<ForgetResult>;
  /** Asks for a turn with the trainer of a connection. Null where it has none. */
  askForTurn(args: {
    readonly connection: string;
    readonly id: string;
    readonly firstRunId: string;
  }): Promise<{ readonly turns: string | null }>;
}

/** Id of the run that excludes frames of a task: one at a time. */
export function excludeRunId({ connection, project, task }: FramePlace): string {
  return `exclude:${[connection, project, task].map(encodeURIComponent).join('/')}`;
}

/** Id of the run that forgets frames: one at a time for a store. */
export const FORGET_RUN_ID = 'forget-frames';
