import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { iterationId } from '../src/contracts/ids.ts';
import { openStore } from '../src/storage/open-store.ts';
import { recompute } from './demo/recompute.ts';
import { run, startServer, type Server } from './processes/maskloop-process.ts';
import { startFlags, startSandboxProcess, type SandboxProcess } from './processes/sandbox-process.ts';

const PROJECT = 'SurgVU';
const TASK = 'Iteration_1';

/** Equal but for the order in which floating-point numbers were added. */
const TOLERANCE = 1e-12;

const { values: flags } = parseArgs({
  options: { exit: { type: 'boolean', default: false }, seed: { type: 'string', default: '1' } },
});

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Starts the stand-ins, then Temporal and a worker that know them. */
async function startServers(dir: string, servers: Server[]): Promise<SandboxProcess> {
  say('1/3  Stand-ins for CVAT and MONAI Label, with a robot that corrects masks …');
  const sandbox = await startSandboxProcess(dir, ['--seed', flags.seed]);
  servers.push(sandbox.server);
  say("2/3  Temporal's own server and a worker …");
  const up = await startServer(['up', '--port', '0', '--state', join(dir, 'state')], sandbox.env);
  servers.push(up);
  return { ...sandbox, env: { ...sandbox.env, TEMPORAL_ADDRESS: String(up.facts['temporal']) } };
}

async function runIteration({ env, facts }: SandboxProcess): Promise<void> {
  say(`3/3  One iteration: ${PROJECT}/${TASK}`);
  const names = ['--project', PROJECT, '--create-project', '--task', TASK, '--segment-size', '8'];
  const code = await run(['start', ...names, ...startFlags(facts), '--poll', '1s', '--quiet', '2s', '--wait'], env);
  if (code !== 0) throw new Error(`the iteration did not end well (exit code ${code})`);
}

async function showMetric({ env }: SandboxProcess): Promise<void> {
  const store = openStore(env['MASKLOOP_STORE'] ?? '');
  const { frames, inReceipt, recomputed } = await recompute(store, iterationId({ project: PROJECT, task: TASK }));
  if (inReceipt === null || recomputed === null || Math.abs(inReceipt - recomputed) > TOLERANCE) {
    throw new Error(`the receipt says ${inReceipt}, the stored predictions and labels say ${recomputed}`);
  }
  say(`Validation: mean Dice ${inReceipt.toFixed(6)} on ${frames} held-out frames in the receipt;`);
  say(`            ${recomputed.toFixed(6)} recomputed from the stored predictions and labels: equal.`);
}

async function demo(servers: Server[], interrupted: Promise<void>): Promise<void> {
  const dir = await mkdtemp(join(tmpdir(), 'maskloop-demo-'));
  const sandbox = await startServers(dir, servers);
  const begun = Date.now();
  await runIteration(sandbox);
  const seconds = ((Date.now() - begun) / 1000).toFixed(1);
  await showMetric(sandbox);
  say(`The iteration took ${seconds} s. Frames, masks and store: ${dir}`);
  if (flags.exit) return;
  say('\nCVAT, MONAI Label, Temporal and the worker stay up until Ctrl-C. To look around in another terminal:');
  for (const name of ['CVAT_URL', 'MONAI_LABEL_URL', 'MASKLOOP_STORE', 'TEMPORAL_ADDRESS'] as const) {
    say(`  export ${name}=${sandbox.env[name]}`);
  }
  say('  npx maskloop list; npx maskloop receipt');
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
