import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Context } from '@temporalio/activity';
import type { WorkflowHandleWithFirstExecutionRunId } from '@temporalio/client';
import { failureFrom } from '../../src/activities/to-failure.ts';
import { MaskloopError } from '../../src/contracts/error.ts';
import { iterationId, loopId } from '../../src/contracts/ids.ts';
import type { IterationEnd, LoopActivities } from '../../src/contracts/loop-activities.ts';
import { loopStatusQuery } from '../../src/contracts/loop-messages.ts';
import type { IterationInput } from '../../src/contracts/iteration.ts';
import type { LoopInput, LoopState, LoopStatus } from '../../src/contracts/loop.ts';
import type { LoopTold, NoticeActivities } from '../../src/contracts/notice-activities.ts';
import type { SelectionRef } from '../../src/contracts/selection.ts';
import type { loopWorkflow } from '../../src/workflows/loop/loop.ts';
import { ARTIFACT } from './fake-refs.ts';
import { iterationInput } from './iteration-input.ts';
import { withRig, type Rig } from './temporal/rig.ts';
import type { TestTemporal } from './temporal/test-temporal.ts';
import type { VerifiedRun } from './temporal/verify-runs.ts';

/** Workflows of a loop whose iterations do nothing. */
export const SHORT_ITERATIONS = fileURLToPath(new URL('temporal/short-iterations/index.ts', import.meta.url));

export const SELECTION: SelectionRef = {
  list: ARTIFACT,
  images: { uri: 'file:///images', sha256: 'aa', files: 2 },
  frames: 2,
  pool: { frames: 9, groups: 3, used: 0, heldOut: 0, alike: 0, eligible: 9, candidates: 9 },
  notes: [],
};

/** What rules have found after an iteration. */
type Judgement = Pick<IterationEnd, 'findings' | 'proposes'>;

export interface FakeLoop {
  readonly activities: LoopActivities & Pick<NoticeActivities, 'tellOfLoop'>;
  /** Tasks that iterations were prepared for, in order. */
  readonly tasks: readonly string[];
  /** Names of activities in the order of their calls. */
  readonly calls: readonly string[];
  /** What people were told. */
  readonly told: readonly LoopTold[];
}

/** As iterations are: they end at once, or when they are told with {@link finish}. */
interface Options {
  readonly waits?: boolean;
  /** What rules find after the iteration of a number; nothing if left out. */
  readonly judge?: (number: number) => Judgement;
  /** What the iteration of a number is started with besides its names. */
  readonly input?: (number: number) => Partial<IterationInput>;
}

async function endOf(id: string, judge: NonNullable<Options['judge']>): Promise<IterationEnd | null> {
  const { status } = await Context.current().client.workflow.getHandle(id).describe();
  if (status.name === 'RUNNING') return null;
  const isDone = status.name === 'COMPLETED';
  if (!isDone) return { outcome: 'cancelled', findings: [], proposes: null };
  return { outcome: 'done', ...judge(Number(id.split('_').at(-1))) };
}

/** Activities of a loop that always goes well, except for those that a test gives. */
export function fakeLoop(changes: Partial<LoopActivities> = {}, options: Options = {}): FakeLoop {
  const { waits = false, judge = () => ({ findings: [], proposes: null }), input: more = () => ({}) } = options;
  const tasks: string[] = [];
  const calls: string[] = [];
  const told: LoopTold[] = [];
  const ended = async ({ id }: { id: string }): Promise<IterationEnd> => {
    const end = await endOf(id, judge);
    if (end !== null) return end;
    throw failureFrom(new MaskloopError('IterationPending', `${id} runs.`, { retryAfterMs: 100 }));
  };
  const well: LoopActivities = {
    findLoopNumber: async ({ from }) => ({ number: from ?? 1, task: 'new', begun: false, pace: 'continuous' }),
    checkPolicy: async () => ({ changes: 'batchSize 2 to 5' }),
    selectSamples: async () => SELECTION,
    prepareIteration: async ({ loop: { project }, number }) => {
      const task = `Iteration_${number}`;
      tasks.push(task);
      const input = iterationInput({ project, task, suffix: waits ? 'waits' : '', ...more(number) });
      return { kind: 'start', id: iterationId({ project, task }), input, digest: 'd' };
    },
    awaitIteration: ended,
  };
  const recorded = Object.entries({ ...well, ...changes }).map(([name, call]) => [
    name,
    async (args: never): Promise<unknown> => {
      calls.push(name);
      return (call as (all: never) => Promise<unknown>)(args);
    },
  ]);
  const tellOfLoop: NoticeActivities['tellOfLoop'] = async ({ what }) => void told.push(what);
  return { activities: { ...(Object.fromEntries(recorded) as LoopActivities), tellOfLoop }, tasks, calls, told };
}

export type LoopHandle = WorkflowHandleWithFirstExecutionRunId<typeof loopWorkflow>;

let started = 0;

/** Starts a loop of a project of its own, at the beginning or with what an earlier run has handed over. */
export async function startLoop(
  rig: Rig,
  changes: Partial<LoopInput> = {},
  carried: readonly [LoopState] | readonly [] = [],
): Promise<LoopHandle> {
  started += 1;
  const project = `Project_${started}`;
  const input: LoopInput = { name: 'vessels', connection: 'default', project, policy: ARTIFACT, ...changes };
  return rig.client.workflow.start<typeof loopWorkflow>('loopWorkflow', {
    workflowId: loopId(input),
    taskQueue: rig.taskQueue,
    args: [input, ...carried],
  });
}

/** Asks the loop's newest run for the status until it is as wanted. */
export async function untilLoop(handle: LoopHandle, wanted: (status: LoopStatus) => boolean): Promise<LoopStatus> {
  for (let asked = 0; asked < 400; asked += 1) {
    const status = await handle.query(loopStatusQuery);
    if (wanted(status)) return status;
    await sleep(25);
  }
  throw new Error(`the loop never came there: ${JSON.stringify(await handle.query(loopStatusQuery))}`);
}

/** Lets an iteration end that waits. */
export async function finish(rig: Rig, id: string | null): Promise<void> {
  await rig.client.workflow.getHandle(id ?? '').signal('finish');
}

/** Runs a test with loops whose iterations do nothing. */
export async function withLoops(
  temporal: TestTemporal,
  { activities }: FakeLoop,
  body: (rig: Rig) => Promise<void>,
): Promise<readonly VerifiedRun[]> {
  const { runs } = await withRig(temporal, { activities, workflowsPath: SHORT_ITERATIONS }, body);
  return runs;
}
