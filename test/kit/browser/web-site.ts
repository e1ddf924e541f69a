import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { capture, startServer, type Server } from '../../../scripts/processes/maskloop-process.ts';
import { startSandboxProcess, type SandboxProcess } from '../../../scripts/processes/sandbox-process.ts';
import { startDevServer, type DevServer } from '../temporal/dev-server.ts';

/** The token that opens the server of a site to an operator. */
export const OPERATOR_TOKEN = 'operator-token-of-the-browser-tests';

/** Everything that the dashboard shows, as processes: stand-ins, Temporal, a worker, and the server with its pages. */
export interface WebSite {
  readonly url: string;
  readonly env: NodeJS.ProcessEnv;
  readonly sandbox: SandboxProcess;
  readonly temporal: DevServer;
  /** Starts an iteration by the command line, on the frames of the stand-ins; without training if nothing is said. */
  start(project: string, task: string, words?: readonly string[]): Promise<void>;
  /** Runs any command, with an exit code of 0. */
  run(words: readonly string[]): Promise<void>;
  /** Ends the server at once, as a power cut does. */
  killServer(): Promise<void>;
  /** Starts it again at the same address. */
  startServer(): Promise<void>;
  /** Ends Temporal at once, as a power cut does. For a site that was opened with `keepsTemporal`. */
  killTemporal(): Promise<void>;
  /** Starts it again at the same address, with what it knew. */
  startTemporal(): Promise<void>;
  close(): Promise<void>;
}

export interface WebSiteOptions {
  readonly frames?: number;
  /** Further settings of worker and server, from the folder of the site. */
  readonly settings?: (dir: string) => NodeJS.ProcessEnv;
  /** Temporal writes what it knows to a file, so that it can be killed and started again. */
  readonly keepsTemporal?: true;
  /** Further words for the sandbox. */
  readonly sandboxWords?: readonly string[];
}

/** Opens a site. */
export async function openWebSite({
  frames: count = 4,
  settings = () => ({}),
  sandboxWords = [],
  keepsTemporal,
}: WebSiteOptions = {}): Promise<WebSite> {
  const dir = await mkdtemp(path.join(tmpdir(), 'maskloop-web-'));
  const kept = keepsTemporal === undefined ? {} : { dbFilename: path.join(dir, 'temporal.db') };
  const [firstTemporal, sandbox] = await startBoth(
    startDevServer(kept),
    startSandboxProcess(dir, ['--frames', String(count), ...sandboxWords]),
  );
  let temporal = firstTemporal;
  const own = { TEMPORAL_ADDRESS: temporal.address, MASKLOOP_TOKEN: OPERATOR_TOKEN };
  const secret = { MASKLOOP_SESSION_SECRET: 'the secret of the cookies of the browser tests' };
  const env = { ...sandbox.env, ...own, ...secret, ...settings(dir) };
  // One that was free a few seconds ago may be somebody else's now: the server takes any, and keeps it.
  const open = async (port: string): Promise<Server> => startServer(['server'], { ...env, MASKLOOP_PORT: port });
  const [worker, first] = await Promise.all([startServer(['worker'], env), open('0')]);
  let server = first;
  const run = async (words: readonly string[]): Promise<void> => {
    const { code, stdout } = await capture(words, env);
    if (code !== 0) throw new Error(`maskloop ${words.join(' ')} ended with ${code}: ${stdout}`);
  };
  return {
    url: String(server.facts['address']),
    env,
    sandbox,
    get temporal() {
      return temporal;
    },
    run,
    start: async (project, task, words = ['--no-train']) => {
      const { masksDir, imagesDir, categoriesFile } = sandbox.facts;
      const names = ['--project', project, '--create-project', '--task', task, '--poll', '1s', '--quiet', '0s'];
      const frames = ['--masks', masksDir, '--images', imagesDir, '--categories', categoriesFile];
      await run(['start', ...names, ...frames, ...words]);
    },
    killServer: async () => server.signal('SIGKILL'),
    startServer: async () => {
      server = await open(new URL(String(first.facts['address'])).port);
    },
    killTemporal: async () => {
      await temporal.env.teardown();
      await temporal.process.stop('SIGKILL');
    },
    startTemporal: async () => {
      temporal = await startDevServer({ ...kept, port: Number(temporal.address.split(':')[1]) });
    },
    close: async () => {
      await Promise.all([server.stop(), worker.stop()]);
      await Promise.all([sandbox.server.stop(), temporal.close()]);
      await rm(dir, { recursive: true, force: true });
    },
  };
}

/** Both, or none: what is left running keeps the tests from ending. */
async function startBoth(
  temporal: Promise<DevServer>,
  sandbox: Promise<SandboxProcess>,
): Promise<[DevServer, SandboxProcess]> {
  const [first, second] = await Promise.allSettled([temporal, sandbox]);
  if (first.status === 'fulfilled' && second.status === 'fulfilled') return [first.value, second.value];
  if (first.status === 'fulfilled') await first.value.close();
  if (second.status === 'fulfilled') await second.value.server.stop();
  throw first.status === 'rejected' ? first.reason : (second as PromiseRejectedResult).reason;
}
