/** What a list of carried frames says of itself. */
export const CARRIED_SCHEMA = 'maskloop.carried/1';

/** A frame that was in no completed job when its iteration went on without it. */
export interface CarriedFrame {
  /** Number in the task. */
  readonly frame: number;
  readonly name: string;
}

/** Frames that an iteration has left unlabelled, for whoever chooses the next frames: they were chosen once already. */
export interface CarriedFrames {
  readonly schema: typeof CARRIED_SCHEMA;
  readonly connection: string;
  readonly project: string;
  readonly task: string;
  readonly taskId: number;
  /** In the order of their numbers. */
  readonly frames: readonly CarriedFrame[];
}
