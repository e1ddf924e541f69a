import type { ServerSurvey } from '../../inspection/survey/survey.ts';
import type { Inputs } from './find-inputs.ts';

/** All that a drafted file is made of; paths are relative to it. */
export interface DraftRequest {
  /** Of the schema for editors. */
  readonly schema: string;
  readonly connection: string;
  /** Null where no flag names it. */
  readonly project: string | null;
  readonly model: string | null;
  readonly servers: ServerSurvey;
  readonly inputs: Inputs;
}
