import type { Client } from '@temporalio/client';
import type { UpdateDefinition } from '@temporalio/common';
import {
  answerLoopUpdate,
  beginUpdate,
  editLoopUpdate,
  pauseLoopSignal,
  resumeLoopSignal,
  stopLoopUpdate,
} from '../../contracts/loop-messages.ts';
import { loopId } from '../../contracts/ids.ts';
import type { LoopAnswer } from '../../contracts/loop.ts';
import type { Sender } from '../../contracts/messages.ts';
import type { ArtifactRef } from '../../contracts/refs.ts';
import { DECISION_TIMEOUT_MS } from '../steer-iteration.ts';
import { aboutLoop } from './loop-errors.ts';

/** What people do with a loop that runs. All throw MaskloopErrors: `LoopNotFound`, `WorkerSilent`, `TemporalUnreachable`. */
export interface LoopSteering {
  /** No new iteration begins; kept by Temporal until a worker runs. */
  pause(id: string, sender: Sender): Promise<void>;
  resume(id: string, sender: Sender): Promise<void>;
  /** It ends after the iteration that runs. @throws MaskloopError `LoopEnds` */
  stop(id: string, request: Sender & { readonly note: string }): Promise<void>;
  /** Another policy from the next iteration on. @throws MaskloopError `PolicyDiffers`, `InvalidLoopPolicy`, `LoopEnds` */
  edit(
    loop: Parameters<typeof loopId>[0],
    request: Sender & { readonly policy: ArtifactRef },
  ): Promise<{ readonly id: string; readonly from: number; readonly changes: string }>;
  /** @throws MaskloopError `NothingAsked` */
  answer(id: string, request: Sender & { readonly answer: LoopAnswer }): Promise<void>;
  /** An iteration is wanted now; a schedule asks so. */
  begin(
    id: string,
    request: Sender & { readonly overlap: 'skip' | 'buffer' },
  ): Promise<{ readonly outcome: 'begins' | 'waits' | 'skipped'; readonly why: string }>;
}

/** Binds them to one Temporal namespace. @param patienceMs how long a worker may take to answer */
export function loopSteering(client: Client, patienceMs: number = DECISION_TIMEOUT_MS): LoopSteering {
  const within = <T>(id: string, call: () => Promise<T>): Promise<T> => {
    return aboutLoop(id, () => client.withDeadline(Date.now() + patienceMs, call));
  };
  const update = <R, A extends object>(id: string, definition: UpdateDefinition<R, [A]>, asked: A): Promise<R> => {
    return within(id, () => client.workflow.getHandle(id).executeUpdate<R, [A]>(definition, { args: [asked] }));
  };
  return {
    pause: (id, sender) => within(id, () => client.workflow.getHandle(id).signal(pauseLoopSignal, sender)),
    resume: (id, sender) => within(id, () => client.workflow.getHandle(id).signal(resumeLoopSignal, sender)),
    stop: (id, request) => update(id, stopLoopUpdate, request),
    edit: async (loop, { by, policy }) => {
      const id = loopId(loop);
      return { id, ...(await update(id, editLoopUpdate, { by, policy })) };
    },
    answer: (id, request) => update(id, answerLoopUpdate, request),
    begin: (id, request) => update(id, beginUpdate, request),
  };
}
