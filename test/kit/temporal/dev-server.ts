import { setTimeout as sleep } from 'node:timers/promises';
import { Connection } from '@temporalio/client';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { SEARCH_ATTRIBUTES } from '../../../src/contracts/search-attributes.ts';
import { type DevServerProcess, spawnDevServer } from './dev-server-process.ts';
import { freePort } from './free-port.ts';
import { quietRuntime } from './quiet-runtime.ts';
import { StartRecorder } from './start-recorder.ts';
import type { TestTemporal } from './test-temporal.ts';

const NAMESPACE = 'default';
const READY_WITHIN_MS = 30_000;
const MOST_TRIES = 3;
const ENDED = 'the development server has ended';

export interface DevServerOptions {
  /** File of the database, for tests that start the server again; in memory without. */
  readonly dbFilename?: string;
  /** Port to listen on; a free one without. */
  readonly port?: number;
}

export interface DevServer extends TestTemporal {
  readonly process: DevServerProcess;
}

/**
 * Starts Temporal's development server on a free port: real time, lists, schedules, our search attributes.
 *
 * @throws Error with the server's last lines if it ends, or does not answer within 30 s
 */
export async function startDevServer(options: DevServerOptions = {}): Promise<DevServer> {
  quietRuntime();
  if (options.port !== undefined) return startOn(options.port, options.dbFilename);
  for (let tries = 1; ; tries += 1) {
    try {
      return await startOn(await freePort(), options.dbFilename);
    } catch (error) {
      // The server looks for further ports itself, and another process may be quicker with any of them: it ends in many words.
      if (tries === MOST_TRIES || !String(error).includes(ENDED)) throw error;
    }
  }
}

async function startOn(port: number, dbFilename?: string): Promise<DevServer> {
  const address = `127.0.0.1:${port}`;
  const server = await spawnDevServer(port, dbFilename);
  try {
    await answers(address, server);
    const starts = new StartRecorder();
    const client = { interceptors: { workflow: [starts.interceptor] } };
    const env = await TestWorkflowEnvironment.createFromExistingServer({ address, namespace: NAMESPACE, client });
    const close = async (): Promise<void> => {
      await env.teardown();
      // What is in memory alone needs no orderly end, which takes a second.
      await server.stop(dbFilename === undefined ? 'SIGKILL' : 'SIGTERM');
    };
    return { env, address, starts, process: server, close };
  } catch (error) {
    await server.stop('SIGKILL');
    throw error;
  }
}

/** Waits until the namespace is there with every search attribute: an upsert before that hangs a workflow. */
async function answers(address: string, server: DevServerProcess): Promise<void> {
  const deadline = Date.now() + READY_WITHIN_MS;
  for (;;) {
    try {
      if (await hasSearchAttributes(address)) return;
    } catch (error) {
      if (Date.now() > deadline) throw new Error(`no answer from ${address}: ${server.output()}`, { cause: error });
    }
    if (server.hasEnded()) throw new Error(`${ENDED}: ${server.output()}`);
    if (Date.now() > deadline) throw new Error(`${address} lacks search attributes: ${server.output()}`);
    await sleep(50);
  }
}

async function hasSearchAttributes(address: string): Promise<boolean> {
  const connection = await Connection.connect({ address, connectTimeout: 1_000 });
  try {
    const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace: NAMESPACE });
    return Object.values(SEARCH_ATTRIBUTES).every(({ name }) => Object.hasOwn(customAttributes, name));
  } finally {
    await connection.close();
  }
}
