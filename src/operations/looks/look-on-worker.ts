import { randomUUID } from 'node:crypto';
import type { Client } from '@temporalio/client';
import { z } from 'zod';
import { MaskloopError } from '../../contracts/error.ts';
import { ANSWERS, isLongLook, LOOK_WORKFLOW, type LookAnswer, type LookRequest } from '../../contracts/look.ts';
import type { ArtifactStore } from '../../storage/store.ts';
import { runOnWorker } from '../run-on-worker.ts';

/** A worker may have two minutes for a look; one that nobody ends, because the last worker has gone meanwhile, ends with this time, in milliseconds. */
const ENDS_AFTER_MS = 150_000;

/** The same for a look that may take six hours. */
const LONG_ENDS_AFTER_MS = 6.25 * 3_600_000;

/** Where an answer is fetched, and taken away. */
export type AnswerStore = Pick<ArtifactStore, 'getNamed' | 'removeNamed'>;

const answerSchema: z.ZodType<LookAnswer> = z.object({ name: z.string().startsWith(ANSWERS), bytes: z.number() });

/**
 * Has a worker look at something in CVAT.
 *
 * @param about what it is about, for the text of an error
 * @throws MaskloopError what the look meets, `WorkerSilent`, `AnswerTooSlow`, `TemporalUnreachable`; `StoreUnreachable`, and `ArtifactMissing` where the
 *   worker has another store
 */
export async function lookOnWorker(
  { client, store, patienceMs }: { readonly client: Client; readonly store: AnswerStore; readonly patienceMs?: number },
  request: LookRequest,
  about: string,
): Promise<Uint8Array> {
  const workflowId = `${LOOK_WORKFLOW}:${randomUUID()}`;
  const endsAfterMs = isLongLook(request) ? LONG_ENDS_AFTER_MS : ENDS_AFTER_MS;
  const job = { type: LOOK_WORKFLOW, workflowId, args: [request], id: about, patienceMs, endsAfterMs };
  const { name } = answerSchema.parse(await runOnWorker(client, job));
  const bytes = await store.getNamed(name);
  if (bytes === null) {
    const message = `What a worker saw for ${about} is not in the store of this process: is it the same store?`;
    throw new MaskloopError('ArtifactMissing', message, { facts: { name } });
  }
  await store.removeNamed(name);
  return bytes;
}
