import type { ModelPlace } from './model-register.ts';

/** The registered name of the workflow; never changed. */
export const PUBLISH_MODEL_WORKFLOW = 'publishModelWorkflow';

/** What a person asks for. */
export interface PublishModelInput extends ModelPlace {
  /** Which model of the register; null for the one that was published before the present one. */
  readonly checksum: string | null;
  readonly by: string;
  /** Why; absent or empty where nothing was said. */
  readonly note?: string;
}

/** What was done. */
export interface PublishModelResult extends ModelPlace {
  readonly checksum: string;
  /** What was published before; null for nothing. */
  readonly before: string | null;
}

export interface ModelActivities {
  /** Publishes a model of the register by hand and verifies it. */
  publishModel(input: PublishModelInput): Promise<PublishModelResult>;
}

/** Id of the run: one at a time for each model. @param trainer what the register calls it, else the connection to it */
export function publishModelId(trainer: string, model: string): string {
  return `model:${encodeURIComponent(trainer)}/${encodeURIComponent(model)}`;
}
