import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { readPoints } from './stopping/read-points.ts';
import { startMemoryTemporal } from './cli/up/memory-temporal.ts';
import { parseCategories } from './coco/categories.ts';
import { readMask } from './coco/read-mask.ts';
import { loadTrainer } from './config.ts';
import type { ConnectionConfig } from './config/connections.ts';
import { readStore } from './config/store.ts';
import { MaskloopError } from './contracts/error.ts';
import { loopId } from './contracts/ids.ts';
import type { LoopPolicy } from './contracts/loop.ts';
import { wakeSignal } from './contracts/messages.ts';
import { storePolicy } from './loop-file/policy/stored-policy.ts';
import { createMonaiLabel } from './monai/client.ts';
import { connectTemporal } from './operations/connect.ts';
import { createOperations } from './operations/operations.ts';
import { taskAnnotator } from './sandbox/annotator/annotate-task.ts';
import { SANDBOX_ADMIN, startSandboxCvat } from './sandbox/cvat/start-sandbox-cvat.ts';
import { connectionsFile, type LentTrainer } from './simulation/connections-file.ts';
import { curveOf, namedCurve, type CurvePoint } from './simulation/curve.ts';
import { endTrainings } from './simulation/end-trainings.ts';
import { eachInTurn } from './simulation/each-in-turn.ts';
import { folderLabels } from './simulation/folder-labels.ts';
import { followRun } from './simulation/follow-run.ts';
import type { LabelSource } from './simulation/label-source.ts';
import { borrowMonai, type LentMonai } from './simulation/lent-monai.ts';
import { drawLabels, prepareFrames, type PreparedFrames } from './simulation/prepare-frames.ts';
import type { Simulation, SimulationRequest } from './simulation/request.ts';
import { simulatedPolicy } from './simulation/simulated-policy.ts';
import { teamLabels } from './simulation/team-labels.ts';
import { runDigest } from './simulation/run-digest.ts';
import type { SimulatedRun } from './simulation/variant.ts';
import { workerSettings } from './simulation/worker-settings.ts';
import { createFolderStore } from './storage/folder-store.ts';
import { openContents } from './storage/open-contents.ts';
import { openStore } from './storage/open-store.ts';
import type { ArtifactStore } from './storage/store.ts';
import { findTemporalBinary } from './temporal-binaries/find-binary.ts';
import { commandTrainer } from './trainer/command-trainer.ts';
import { programEnvironment } from './trainer/command/program-environment.ts';
import { monaiTrainer } from './trainer/monai-trainer.ts';
import { runWorker } from './worker.ts';

type Env = NodeJS.ProcessEnv;

/** Everything of a simulation, which ends with it. */
interface Site {
  readonly request: SimulationRequest;
  readonly env: Env;
  readonly dir: string;
  readonly store: ArtifactStore;
  /** What has to be closed, the last first. */
  readonly closers: (() => Promise<void>)[];
}

/**
 * Runs loops with the workflows, the choice of frames and the trainer of real ones, and labels that exist instead of people:
 * against a stand-in CVAT, a Temporal in memory, and a store, all of its own, that are gone afterwards. Of the settings it
 * takes the trainer and, to read from it, the store.
 *
 * @throws MaskloopError `CannotSimulate`, `NothingToSimulate`, `TrainerNotFree`, `SimulationStuck`, `TemporalBinaryMissing`; what
 *   reading images and labels throws; the signal's reason if aborted
 */
export async function simulate(request: SimulationRequest, env: Env): Promise<Simulation> {
  const dir = await mkdtemp(join(tmpdir(), 'maskloop-simulation-'));
  const closers = [async () => rm(dir, { recursive: true, force: true })];
  try {
    const store = createFolderStore(join(dir, 'store'));
    const site: Site = { request, env, dir, store, closers };
    const lender = await lenderOf(site);
    request.onStage('reading images and labels');
    const frames = await prepare(site);
    const points = await runAll(site, lender, frames);
    return { frames: frames.counts, points };
  } finally {
    for (const close of closers.toReversed()) {
      // What cannot be undone is told; the rest is closed all the same.
      await close().catch((error: unknown) => request.onStage(`not closed: ${messageOf(error)}`));
    }
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Who trains, loop by loop. */
interface Lender {
  /** Tells this trainer, and what it begins with, from others. */
  readonly identity: unknown;
  readonly trainerOf: (run: SimulatedRun) => LentTrainer;
  readonly atOnce: number;
  /** Null for programs, each of which has a folder of its own. */
  readonly monai: LentMonai | null;
}

async function lenderOf(site: Site): Promise<Lender> {
  const { request, env, dir, store, closers } = site;
  const { connection, iteration } = request.policy;
  const settings = loadTrainer(env, connection);
  if (settings?.trainer != null) {
    const { command, models } = settings.trainer;
    const folderOf = ({ key }: SimulatedRun): string => join(dir, 'trainers', key);
    const trainerOf = (run: SimulatedRun): LentTrainer => ({ command, models, folder: folderOf(run) });
    // Programs outlive their worker.
    const environment = programEnvironment(env);
    for (const run of request.runs) {
      const trainer = commandTrainer({ command, models, folder: folderOf(run), environment });
      closers.push(async () => endTrainings(trainer, new Set()));
    }
    return { identity: { command, models }, trainerOf, atOnce: request.atOnce, monai: null };
  }
  if (settings?.monai == null) {
    throw new MaskloopError('CannotSimulate', `The connection "${connection}" has no trainer to simulate with.`, {
      facts: { connection },
    });
  }
  const lent = { model: iteration.training.model, runs: request.runs.length, signal: request.signal };
  const monai = await borrowMonai(monaiTrainer(createMonaiLabel(settings.monai)), store, lent);
  closers.push(async () => monai.giveBack());
  const address = await monaiAddress(dir, settings.monai);
  const identity = { url: address.url, model: monai.model };
  return { identity, trainerOf: () => ({ monai: address }), atOnce: 1, monai };
}

/** Headers may be logins: they lie in our own folder, which nobody else can read, while the simulation goes on. */
async function monaiAddress(dir: string, { url, headers }: NonNullable<ConnectionConfig['monai']>) {
  const lines = Object.entries(headers()).map(([name, value]) => `${name}: ${value}\n`);
  if (lines.length === 0) return { url };
  const headersFile = join(dir, 'headers');
  await writeFile(headersFile, lines.join(''), { mode: 0o600 });
  return { url, headersFile };
}

async function prepare({ request, env, store }: Site): Promise<PreparedFrames> {
  const { policy, signal } = request;
  const from = openStore(readStore(env));
  const labels = await labelsOf(from, request);
  return prepareFrames({ from, into: store, policy, labels, signal, onProgress: request.onFrames });
}

async function labelsOf(from: ArtifactStore, { policy, labels }: SimulationRequest): Promise<LabelSource> {
  if (policy.categories.sha256 === '') {
    throw new MaskloopError(
      'CannotSimulate',
      'The categories are the labels of a project in CVAT, which a simulation does not ask; name a file of categories.',
    );
  }
  const categories = parseCategories(
    new TextDecoder().decode(await from.get(policy.categories)),
    policy.categories.uri,
  );
  if (labels === null) return teamLabels(from, policy, categories);
  const contents = await openContents(from, { uri: pathToFileURL(resolve(labels)).href, sha256: '', files: 0 });
  return folderLabels(contents, categories, policy.iteration.conversion.rules);
}

type Work = Omit<Parameters<typeof followRun>[0], 'loops'> & {
  readonly operations: ReturnType<typeof createOperations>;
};

/** Starts everything that loops need, as processes and servers of our own. */
async function openWorkplace(site: Site, { trainerOf }: Lender, { labelFiles }: PreparedFrames): Promise<Work> {
  const { request, env, dir, store, closers } = site;
  const { signal } = request;
  request.onStage('starting a stand-in CVAT, Temporal in memory and a worker');
  const cvat = await startSandboxCvat({ queuedMs: 0, importMs: 0, createTaskMs: 0, exportMs: 0 });
  closers.push(() => cvat.close());
  const program = await findTemporalBinary('temporal', { env, onSlow: request.onStage });
  const temporal = await startMemoryTemporal(program, dir, signal);
  closers.push(() => temporal.stop());
  const connections = join(dir, 'connections.json');
  await writeFile(connections, connectionsFile(request.runs, { url: cvat.url, ...SANDBOX_ADMIN }, trainerOf));
  const { address } = temporal;
  const own = { connections, store: join(dir, 'store'), password: SANDBOX_ADMIN.password, temporal: address };
  closers.push(await startWorker(workerSettings(env, own)));
  const { client, close } = await connectTemporal({
    address,
    namespace: 'default',
    connectionOptions: {},
  });
  closers.push(close);
  const categories = parseCategories(
    new TextDecoder().decode(await store.get(request.policy.categories)),
    request.policy.categories.uri,
  );
  const correct = drawLabels((stem) => {
    const file = labelFiles.get(stem);
    return file === undefined ? null : readMask(readFileSync(file), file);
  });
  return {
    operations: createOperations({ client, store }),
    annotate: taskAnnotator({ cvatUrl: cvat.url, ...SANDBOX_ADMIN }, { categories, correct }, signal),
    wake: async (id) => client.workflow.getHandle(id).signal(wakeSignal),
  };
}

/** Starts a worker in this process. Comes back when it is ready, with how to end it. */
async function startWorker(env: Env): Promise<() => Promise<void>> {
  const stop = new AbortController();
  let work: Promise<void> = Promise.resolve();
  await new Promise<void>((ready, reject) => {
    work = runWorker({ env, signal: stop.signal, onReady: () => ready() });
    work.catch(reject);
  });
  return async () => {
    stop.abort();
    await work;
  };
}

async function runAll(site: Site, lender: Lender, frames: PreparedFrames): Promise<readonly CurvePoint[]> {
  const { request, store } = site;
  const { runs, iterations, finished, onIteration, onKnown, onPoints } = request;
  const { monai } = lender;
  const points = new Map<string, readonly CurvePoint[]>();
  const inOrder = (): readonly CurvePoint[] => runs.flatMap(({ key }) => points.get(key) ?? []);
  let workplace: Promise<Work> | null = null;
  const simulated = async (run: SimulatedRun, policy: LoopPolicy, signal: AbortSignal): Promise<void> => {
    workplace ??= openWorkplace(site, lender, frames);
    const { operations, ...hands } = await workplace;
    const { name, connection, project } = policy;
    monai?.lend(policy, frames.heldOutNames);
    const loop = { name, connection, project, policy: await storePolicy(store, policy) };
    await operations.loops.start({ loop, by: 'simulate' });
    const follow = { signal, onIteration: (number: number) => onIteration(run, number) };
    await followRun({ loops: operations.loops, ...hands }, loopId(loop), follow);
  };
  const work = async (run: SimulatedRun, signal: AbortSignal): Promise<void> => {
    const start = { ...frames, hasModel: monai !== null };
    const policy = simulatedPolicy(request.policy, run, start, iterations);
    const digest = runDigest(policy, { labels: frames.labelsSha256, trainer: lender.identity });
    const known = await finished.read(digest);
    if (known === null) await simulated(run, policy, signal);
    else onKnown(run, known.length);
    const curve = known === null ? curveOf(run, await readPoints(store, policy)) : namedCurve(run, known);
    if (known === null) await finished.write(digest, curve);
    points.set(run.key, curve);
    await onPoints(inOrder());
    if (known === null) await monai?.giveBack();
  };
  await eachInTurn(runs, lender.atOnce, work, request.signal);
  return inOrder();
}
