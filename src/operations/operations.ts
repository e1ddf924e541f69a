import type { Client } from '@temporalio/client';
import { isMaskloopError, MaskloopError } from '../contracts/error.ts';
import type { IterationInput } from '../contracts/iteration.ts';
import type { IterationPlan } from '../contracts/plan.ts';
import type { ProjectCategories, ProjectCategoriesRequest } from '../contracts/project-categories.ts';
import {
  approveUpdate,
  declineUpdate,
  extendUpdate,
  reassignUpdate,
  type Extension,
  type Sender,
} from '../contracts/messages.ts';
import type { PublishModelResult } from '../contracts/publish-model.ts';
import type { Receipt } from '../contracts/receipt.ts';
import type { RestoreInput, RestoreResult } from '../contracts/restore.ts';
import type { Reassignment } from '../contracts/waiting.ts';
import type { ExcludeInput, ExcludeResult, ForgetInput, ForgetResult } from '../contracts/withdrawal.ts';
import { describeAsKnown } from './describe-as-known.ts';
import type { IterationView } from './describe-iteration.ts';
import { knownIds, listIterations, listRunning, type IterationRow } from './list-iterations.ts';
import type { ModelVersion } from '../models/model-versions.ts';
import { listModels, publishModel, type ModelQuery, type PublishModelRequest } from './models.ts';
import { createLoopOperations, type LoopOperations } from './loops/loop-operations.ts';
import { readPollers, type Pollers } from './pollers.ts';
import { readProjectCategories } from './read-project-categories.ts';
import { planIteration } from './plan-iteration.ts';
import { finishedIds, readReceipt, type ReceiptStore } from '../receipts/read-receipt.ts';
import { resolveId } from './resolve-id.ts';
import { restoreBackup } from './restore-backup.ts';
import { sendUpdate } from './send-update.ts';
import { startIteration, type StartOutcome, type StartRequest } from './start-iteration.ts';
import { steerIteration, type Steering } from './steer-iteration.ts';
import { createScheduleOperations, type ScheduleOperations } from './schedules/schedule-operations.ts';
import { withinPatience } from './within-patience.ts';
import { excludeFrames, forgetFrames } from './withdraw-frames.ts';

/**
 * Among which iterations an id is looked for. `any` with no id given means the running ones while there are some,
 * and the finished ones only when nothing runs.
 */
export type Among = 'running' | 'finished' | 'any';

/** What people do with iterations; the command line and the server are both made of these. */
export interface Operations {
  start(request: StartRequest): Promise<StartOutcome>;
  /** The labels of a CVAT project as categories, read by a worker. */
  projectCategories(request: ProjectCategoriesRequest): Promise<ProjectCategories>;
  list(): Promise<readonly IterationRow[]>;
  /** Who asks for work; see {@link readPollers}. */
  pollers(): Promise<Pollers>;
  /** The id that is meant by an id, a unique prefix or nothing, among those that `isSeen` takes; see {@link resolveId}. */
  resolve(given: string | undefined, among: Among, isSeen?: (id: string) => boolean): Promise<string>;
  /** See {@link describeAsKnown}. */
  describe(id: string): Promise<IterationView>;
  /** What a start with this input would do; see {@link planIteration}. */
  plan(input: IterationInput): Promise<IterationPlan>;
  /** Puts a backup back; see {@link restoreBackup}. */
  restore(request: RestoreInput): Promise<RestoreResult>;
  /** The models that the register knows. */
  models(query: ModelQuery): Promise<readonly ModelVersion[]>;
  /** Publishes a model of the register by hand; see {@link publishModel}. */
  publishModel(request: PublishModelRequest): Promise<PublishModelResult>;
  /** Takes frames out of training, or into it again; see {@link excludeFrames}. */
  exclude(request: ExcludeInput): Promise<ExcludeResult>;
  /** Removes frames everywhere; see {@link forgetFrames}. */
  forget(request: ForgetInput): Promise<ForgetResult>;
  steer(request: { id: string; what: Steering; sender: Sender }): Promise<void>;
  /** Goes on in spite of what was found. `carry` hands the frames of open jobs to the next iteration. */
  approve(request: { id: string; sender: Sender; carry: boolean }): Promise<void>;
  /** Keeps the model from before instead of the new one that waits. */
  decline(request: { id: string; sender: Sender }): Promise<void>;
  /** Moves the deadline. */
  extend(request: { id: string; sender: Sender } & Extension): Promise<{ readonly deadline: string }>;
  /** Gives open jobs of one person to another, in CVAT. */
  reassign(request: { id: string; sender: Sender } & Reassignment): Promise<{ readonly jobs: readonly number[] }>;
  readonly schedules: ScheduleOperations;
  readonly loops: LoopOperations;
  /** Null if the iteration has none (yet). */
  receipt(id: string): Promise<Receipt | null>;
}

/** How long one request to Temporal may take, in milliseconds. */
const REQUEST_TIMEOUT_MS = 30_000;

/** CVAT has to answer meanwhile, job by job. */
const REASSIGN_TIMEOUT_MS = 10 * 60_000;

/** Binds the operations to one Temporal namespace and one store. `patienceMs`: how long a worker may take to answer; what it is if left
 * out say {@link steerIteration} and {@link readProjectCategories}. */
export function createOperations(where: { client: Client; store: ReceiptStore; patienceMs?: number }): Operations {
  const { client, store, patienceMs } = where;
  const within = <T>(call: () => Promise<T>): Promise<T> => {
    return client.withDeadline(Date.now() + REQUEST_TIMEOUT_MS, call);
  };
  return {
    start: (request) => within(() => startIteration(where, request)),
    projectCategories: (request) => readProjectCategories(client, request, where.patienceMs),
    list: () => within(() => listIterations(where)),
    pollers: () => within(() => readPollers(client)),
    resolve: (given, among, isSeen) => resolve(where, given, among, isSeen ?? (() => true)),
    describe: (id) => describeAsKnown(where, id),
    plan: (input) => planIteration(where, input),
    restore: (request) => restoreBackup(where, request),
    models: (query) => listModels(where, query),
    publishModel: (request) => publishModel(where, request),
    exclude: (request) => excludeFrames(where, request),
    forget: (request) => forgetFrames(where, request),
    steer: (request) => within(() => steerIteration(where, request)),
    approve: ({ id, sender, carry }) => {
      return within(() => sendUpdate(where, { id, patienceMs, update: approveUpdate, args: [{ ...sender, carry }] }));
    },
    decline: ({ id, sender }) => {
      return within(() => sendUpdate(where, { id, patienceMs, update: declineUpdate, args: [sender] }));
    },
    extend: ({ id, sender, until, byMs }) => {
      const args = [{ ...sender, until, byMs }] as const;
      return within(() => sendUpdate(where, { id, patienceMs, update: extendUpdate, args: [...args] }));
    },
    reassign: ({ id, sender, from, to, job }) => {
      const args = [{ ...sender, from, to, job }] as const;
      return sendUpdate(where, { id, patienceMs: REASSIGN_TIMEOUT_MS, update: reassignUpdate, args: [...args] });
    },
    schedules: createScheduleOperations(client),
    loops: createLoopOperations(where),
    receipt: (id) => readReceipt(store, id),
  };
}

async function resolve(
  { client, store }: { client: Client; store: ReceiptStore },
  given: string | undefined,
  among: Among,
  isSeen: (id: string) => boolean,
): Promise<string> {
  const finishedOnes = async () => (await finishedIds(store)).filter(isSeen);
  if (among === 'finished') return resolveId(given, await finishedOnes(), among);
  const finishedWhileAway = async (error: unknown): Promise<null> => {
    // Whoever names a finished iteration in full means it, whatever runs.
    if (isMaskloopError(error, 'TemporalUnreachable') && among === 'any' && given !== undefined) {
      if ((await finishedOnes()).includes(given)) return null;
    }
    throw error;
  };
  const listed = await withinPatience(client, () => listRunning(client)).catch(finishedWhileAway);
  if (listed === null) return given ?? '';
  const running = listed.map(({ id }) => id).filter(isSeen);
  if (given === undefined && (among === 'running' || running.length > 0)) return resolveId(given, running, 'running');
  if (given !== undefined && running.includes(given)) return given;
  const finished = await finishedOnes();
  if (among === 'any') {
    const known = (await withinPatience(client, () => knownIds(client))).filter(isSeen);
    return resolveId(given, [...new Set([...finished, ...known])]);
  }
  if (given !== undefined && finished.includes(given)) {
    throw new MaskloopError('IterationDone', `The iteration ${given} is finished.`, { facts: { id: given } });
  }
  return resolveId(given, running, 'running');
}
