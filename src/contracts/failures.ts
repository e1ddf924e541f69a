import { CVAT_FAILURES } from './failures/cvat.ts';
import type { FailureEntry } from './failures/entry.ts';
import { LOOP_FILE_FAILURES } from './failures/loop-file.ts';
import { LOOP_FAILURES } from './failures/loops.ts';
import { MASK_FAILURES } from './failures/masks.ts';
import { MODEL_FAILURES } from './failures/models.ts';
import { MONAI_FAILURES } from './failures/monai.ts';
import { NOTICE_FAILURES } from './failures/notices.ts';
import { SCHEDULE_FAILURES } from './failures/schedules.ts';
import { SELECTION_FAILURES } from './failures/selection.ts';
import { SERVER_FAILURES } from './failures/server.ts';
import { SIMULATION_FAILURES } from './failures/simulation.ts';
import { STEERING_FAILURES } from './failures/steering.ts';
import { STORE_FAILURES } from './failures/store.ts';
import { TRAINING_SET_FAILURES } from './failures/training-set.ts';
import { TRAINING_FAILURES } from './failures/training.ts';
import { WAITING_FAILURES } from './failures/waiting.ts';
import { WITHDRAWAL_FAILURES } from './failures/withdrawal.ts';

/** Every failure that maskloop names. `docs/failures.md` lists the same codes; a test keeps the two equal. */
export const FAILURES = {
  ...MASK_FAILURES,
  ...CVAT_FAILURES,
  ...MONAI_FAILURES,
  ...MODEL_FAILURES,
  ...TRAINING_SET_FAILURES,
  ...TRAINING_FAILURES,
  ...STORE_FAILURES,
  ...STEERING_FAILURES,
  ...SCHEDULE_FAILURES,
  ...SERVER_FAILURES,
  ...SIMULATION_FAILURES,
  ...WAITING_FAILURES,
  ...WITHDRAWAL_FAILURES,
  ...SELECTION_FAILURES,
  ...LOOP_FILE_FAILURES,
  ...LOOP_FAILURES,
  ...NOTICE_FAILURES,
} satisfies Record<string, FailureEntry>;

export type FailureCode = keyof typeof FAILURES;

/** True for a text that is one of the codes in {@link FAILURES}. */
export function isFailureCode(text: string | undefined | null): text is FailureCode {
  return text !== undefined && text !== null && Object.hasOwn(FAILURES, text);
}
