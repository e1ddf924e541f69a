import { WorkflowExecutionAlreadyStartedError, type Client } from '@temporalio/client';
import { MaskloopError } from '../contracts/error.ts';
import type { ModelPlace } from '../contracts/model-register.ts';
import {
  PUBLISH_MODEL_WORKFLOW,
  publishModelId,
  type PublishModelInput,
  type PublishModelResult,
} from '../contracts/publish-model.ts';
import { knownRegisters } from '../models/known-registers.ts';
import type { RegisterStore } from '../models/model-register.ts';
import { modelVersions, type ModelVersion } from '../models/model-versions.ts';
import { requireFree } from './require-free.ts';
import { runOnWorker } from './run-on-worker.ts';

/** Which models are meant; null for all. */
export interface ModelQuery {
  readonly connection: string | null;
  readonly model: string | null;
}

/** What a person asks for; `checksum` may be a unique beginning, with or without `SHA256:`, and null rolls back. */
export interface PublishModelRequest extends ModelQuery {
  readonly checksum: string | null;
  readonly by: string;
  /** Why; empty or absent for nothing. */
  readonly note?: string;
}

/** The models that the register knows. @throws MaskloopError `ArtifactCorrupt`, `StoreUnreachable` */
export async function listModels(
  { store }: { store: RegisterStore },
  { connection, model }: ModelQuery,
): Promise<readonly ModelVersion[]> {
  const registers = await knownRegisters(store, connection);
  return registers.filter((one) => model === null || one.model === model).flatMap(modelVersions);
}

/**
 * Publishes a model of the register and waits until that is done and verified.
 *
 * @throws MaskloopError `ModelUnknown` where no model or several are meant, `ModelInUse` while it is trained or published by
 *   somebody else, `OnHold`, `WorkerSilent`, and what the trainer and the store may meet
 */
export async function publishModel(
  where: { client: Client; store: RegisterStore; patienceMs?: number },
  request: PublishModelRequest,
): Promise<PublishModelResult> {
  const { place, trainer, checksum } = await resolve(where, request);
  // A program that trains is no server.
  if (!trainer.startsWith('command-'))
    await requireFree(where.store, { connection: place.connection, server: 'monai' });
  const { by, note = '' } = request;
  const input: PublishModelInput = { ...place, checksum, by, ...(note === '' ? {} : { note }) };
  const { patienceMs } = where;
  const workflowId = publishModelId(trainer, place.model);
  const job = { type: PUBLISH_MODEL_WORKFLOW, workflowId, args: [input], id: place.model, patienceMs };
  try {
    return await runOnWorker<PublishModelResult>(where.client, job);
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
    throw new MaskloopError('ModelInUse', `Somebody else publishes a model as "${place.model}" right now.`, {
      facts: { ...place },
    });
  }
}

async function resolve(
  where: { store: RegisterStore },
  { checksum, ...query }: PublishModelRequest,
): Promise<{ readonly place: ModelPlace; readonly trainer: string; readonly checksum: string | null }> {
  const all = await listModels(where, query);
  const start = checksum === null ? '' : `SHA256:${checksum.replace(/^SHA256:/i, '').toLowerCase()}`;
  const meant = all.filter((version) => version.checksum.startsWith(start));
  // The newest word on a model names the connection that led to its trainer last.
  const places = new Map(meant.toReversed().map((one) => [`${one.trainer ?? one.connection} ${one.model}`, one]));
  const [found] = places.values();
  const checksums = new Set(meant.map((version) => version.checksum));
  if (found !== undefined && places.size === 1 && (checksum === null || checksums.size === 1)) {
    const place = { connection: query.connection ?? found.connection, model: found.model };
    return { place, trainer: found.trainer ?? place.connection, checksum: checksum === null ? null : found.checksum };
  }
  const what = checksum === null ? 'model' : `model ${checksum}`;
  const shown = [...places.values()].map(({ connection, model }) => `${model} of connection ${connection}`);
  const problem = meant.length === 0 ? `no ${what}` : `several that ${what} may mean: ${shown.slice(0, 10).join(', ')}`;
  throw new MaskloopError('ModelUnknown', `The register has ${problem}.`, { facts: { checksum, models: shown } });
}
