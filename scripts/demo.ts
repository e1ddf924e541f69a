import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { pagesLine } from '../src/cli/format/up.ts';
import { loopId } from '../src/contracts/ids.ts';
import { connectTemporal } from '../src/operations/connect.ts';
import { createOperations } from '../src/operations/operations.ts';
import { verifyReceipt } from '../src/receipts/verify/verify-receipt.ts';
import { openStore } from '../src/storage/open-store.ts';
import type { ArtifactStore } from '../src/storage/store.ts';
import { followLoop } from './demo/follow-loop.ts';
import { DEMO_LOOP, writeLoopFile } from './demo/loop-file.ts';
import { readIterations, type IterationFigures } from './demo/read-iterations.ts';
import { recompute } from './demo/recompute.ts';
import { putBackInWords, riseInWords, tableOfIterations } from './demo/show-iterations.ts';
import { run, startServer, type Server } from './processes/maskloop-process.ts';
import { startSandboxProcess, type SandboxProcess } from './processes/sandbox-process.ts';

const FRAMES = 40;

/** Equal but for the order in which floating-point numbers were added. */
const TOLERANCE = 1e-12;

const { values: flags } = parseArgs({
  options: { exit: { type: 'boolean', default: false }, seed: { type: 'string', default: '1' } },
});

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

interface Site extends SandboxProcess {
  /** Where the dashboard is, and who may. */
  readonly pages: string;
}

/** Starts the stand-ins, then Temporal, a worker and the dashboard that know them. */
async function startServers(dir: string, servers: Server[]): Promise<Site> {
  say('1/3  Stand-ins for CVAT and MONAI Label, with a robot that corrects masks …');
  const words = ['--seed', flags.seed, '--frames', String(FRAMES), '--young-model'];
  const sandbox = await startSandboxProcess(dir, words);
  servers.push(sandbox.server);
  say("2/3  Temporal's own server, a worker and the dashboard …");
  // The usual port may be taken by what somebody really runs.
  const env = { ...sandbox.env, MASKLOOP_PORT: '0', MASKLOOP_LOG_LEVEL: 'error' };
  const up = await startServer(['up', '--port', '0', '--state', join(dir, 'state')], env);
  servers.push(up);
  const { server, access } = up.facts;
  const pages = pagesLine({ server: String(server), access: String(access) });
  say(`     ${pages}`);
  return { ...sandbox, env: { ...sandbox.env, TEMPORAL_ADDRESS: String(up.facts['temporal']) }, pages };
}

async function runLoop(sandbox: SandboxProcess, dir: string, store: ArtifactStore): Promise<void> {
  const { env } = sandbox;
  const config = await writeLoopFile(dir, sandbox, flags.seed);
  say(`3/3  A loop of ${DEMO_LOOP.iterations} iterations: maskloop loop start --config ${config}`);
  const code = await run(['loop', 'start', '--config', config], env);
  if (code !== 0) throw new Error(`the loop did not start (exit code ${code})`);
  const address = env['TEMPORAL_ADDRESS'] ?? '';
  const { client, close } = await connectTemporal({ address, namespace: 'default', connectionOptions: {} });
  try {
    await followLoop(createOperations({ client, store }).loops, loopId(DEMO_LOOP), say);
  } finally {
    await close();
  }
}

/** Holds the last receipt and the chain that it ends against the store. @throws Error if anything differs */
async function showChain(store: ArtifactStore, { id }: IterationFigures): Promise<void> {
  const { sound, chain, failures } = await verifyReceipt(store, id, { signal: new AbortController().signal });
  if (!sound || chain?.sound !== DEMO_LOOP.iterations + 1) {
    throw new Error(`the receipts do not chain: ${failures.map(({ at, problem }) => `${at}: ${problem}`).join('; ')}`);
  }
  say(`Receipts: ${chain.sound} in one chain, that of the held-out frames first; every hash and count is as stated.`);
}

async function showMetric(store: ArtifactStore, { id, task }: IterationFigures): Promise<void> {
  const { frames, inReceipt, recomputed } = await recompute(store, id);
  if (inReceipt === null || recomputed === null || Math.abs(inReceipt - recomputed) > TOLERANCE) {
    throw new Error(`the receipt says ${inReceipt}, the stored predictions and labels say ${recomputed}`);
  }
  say(`${task}: mean Dice ${inReceipt.toFixed(6)} on ${frames} held-out frames in the receipt;`);
  say(`             ${recomputed.toFixed(6)} recomputed from the stored predictions and labels: equal.`);
}

async function demo(servers: Server[], interrupted: Promise<void>): Promise<void> {
  const dir = await mkdtemp(join(tmpdir(), 'maskloop-demo-'));
  const sandbox = await startServers(dir, servers);
  const store = openStore(sandbox.env['MASKLOOP_STORE'] ?? '');
  const begun = Date.now();
  await runLoop(sandbox, dir, store);
  const seconds = ((Date.now() - begun) / 1000).toFixed(1);
  const iterations = await readIterations(store);
  say(`\n${tableOfIterations(iterations)}\n`);
  say(riseInWords(iterations));
  for (const line of putBackInWords(iterations)) say(line);
  for (const last of iterations.slice(-1)) {
    await showChain(store, last);
    await showMetric(store, last);
  }
  say(`The loop took ${seconds} s. Frames, masks, maskloop.yaml and store: ${dir}`);
  if (flags.exit) return;
  say('\nCVAT, MONAI Label, Temporal, the worker and the dashboard stay up until Ctrl-C.');
  say(sandbox.pages);
  say('Or look around in another terminal:');
  for (const name of ['CVAT_URL', 'MONAI_LABEL_URL', 'MASKLOOP_STORE', 'TEMPORAL_ADDRESS'] as const) {
    say(`  export ${name}=${sandbox.env[name]}`);
  }
  say('  npx maskloop loop status; npx maskloop list; npx maskloop receipt');
  await Promise.race([interrupted, ...servers.map(({ ended }) => ended)]);
}

const servers: Server[] = [];
const interrupted = new Promise<void>((resolve) => {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
});
try {
  await Promise.race([demo(servers, interrupted), interrupted]);
} catch (error) {
  process.stderr.write(`The demo failed: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
} finally {
  for (const server of servers.toReversed()) await server.stop();
}
