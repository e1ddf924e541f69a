import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { MaskloopError } from '../../contracts/error.ts';
import { lookUpProcess } from './process-table.ts';
import { databaseFile } from './temporal-arguments.ts';

/** How long a server that was left behind may take to end, in milliseconds. */
const END_TIMEOUT_MS = 15_000;
const LOOK_MS = 100;

/** Process ids of the server on a state folder and of the `up` that started it. */
const recordShape = z.object({ server: z.number().int().positive(), up: z.number().int().positive() });

/** Remembers who serves the state folder, for the next `up`. */
export async function recordServer(stateFolder: string, server: number): Promise<void> {
  await writeFile(recordFile(stateFolder), JSON.stringify({ server, up: process.pid }));
}

export async function forgetServer(stateFolder: string): Promise<void> {
  await rm(recordFile(stateFolder), { force: true });
}

/**
 * Makes sure that nobody serves the state folder: two servers on one database would take each other's work. A server
 * whose `up` was killed is asked to end.
 *
 * @returns its process id; null if there was none
 * @throws MaskloopError `StateInUse` if another `up` runs on the folder, or the server does not end within 15 s
 */
export async function endLeftoverServer(stateFolder: string): Promise<number | null> {
  const record = await readRecord(stateFolder);
  const running = record === null ? null : await lookUpServer(record.server, stateFolder);
  if (record === null || running === null) return null;
  if (running.parent === record.up) {
    const message = `Another \`maskloop up\` (process ${record.up}) runs on ${stateFolder}.`;
    throw inUse(stateFolder, record.up, message);
  }
  process.kill(record.server, 'SIGTERM');
  for (let waited = 0; waited < END_TIMEOUT_MS; waited += LOOK_MS) {
    if (await hasEnded(record.server, stateFolder)) return record.server;
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
  const message = `The server (process ${record.server}) that an earlier \`maskloop up\` left behind on ${stateFolder} does not end.`;
  throw inUse(stateFolder, record.server, message);
}

function recordFile(stateFolder: string): string {
  return path.join(stateFolder, 'server.json');
}

async function readRecord(stateFolder: string): Promise<z.infer<typeof recordShape> | null> {
  try {
    const document: unknown = JSON.parse(await readFile(recordFile(stateFolder), 'utf8'));
    return recordShape.parse(document);
  } catch {
    return null;
  }
}

/** The process, if it is a server on this database: ids are given to other programs in time. */
async function lookUpServer(pid: number, stateFolder: string) {
  const found = await lookUpProcess(pid);
  return found !== null && found.command.includes(databaseFile(stateFolder)) ? found : null;
}

/** A process that is ending has lost its command line before it lets go of its files. */
async function hasEnded(pid: number, stateFolder: string): Promise<boolean> {
  const found = await lookUpProcess(pid);
  return found === null || (found.command !== '' && !found.command.includes(databaseFile(stateFolder)));
}

function inUse(stateFolder: string, pid: number, message: string): MaskloopError {
  return new MaskloopError('StateInUse', message, { facts: { stateFolder, process: pid } });
}
