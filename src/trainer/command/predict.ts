import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { MaskloopError } from '../../contracts/error.ts';
import { inFolder, readOrNull, writeWhole } from './folder.ts';

/** More than any program needs for one image. */
const LIMIT_MS = 10 * 60_000;
const KEPT_CHARACTERS = 4000;
const SHOWN_LINES = 12;

interface Program {
  readonly command: readonly string[];
  readonly environment: NodeJS.ProcessEnv;
}

interface Ended {
  readonly how: string;
  readonly output: string;
}

/** Runs a program to its end; when it is aborted or takes too long, its whole group is killed. */
async function runToEnd({ command, environment }: Program, folder: string, signal?: AbortSignal): Promise<Ended> {
  const [program = '', ...args] = command;
  const child = spawn(program, args, {
    cwd: folder,
    env: environment,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const keep = (chunk: Buffer): void => {
    output = `${output}${chunk.toString('utf8')}`.slice(-KEPT_CHARACTERS);
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  const kill = (): void => {
    if (child.pid === undefined) return;
    try {
      process.kill(-child.pid, 'SIGKILL');
    } catch {
      // It has ended meanwhile.
    }
  };
  const timer = setTimeout(kill, LIMIT_MS);
  signal?.addEventListener('abort', kill, { once: true });
  try {
    const how = await new Promise<string>((resolve) => {
      child.once('error', ({ message }) => resolve(message));
      child.once('close', (code, name) => resolve(code === null ? `killed by ${name}` : `exit code ${code}`));
    });
    signal?.throwIfAborted();
    return { how, output };
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', kill);
  }
}

/**
 * Has the program predict one image.
 *
 * @param request what the program is told besides where to write; the image is a file, or is made one meanwhile
 * @returns what it wrote, not looked at
 * @throws MaskloopError `PredictionFailed`, `TrainerUnusable`
 */
export async function predictImage(
  { command, environment, folder: root }: Program & { readonly folder: string },
  request: {
    readonly model: string;
    readonly file: string;
    readonly labels: Readonly<Record<string, number>>;
    readonly imageId: string;
    readonly image: string | { readonly extension: string; readonly bytes: Uint8Array };
  },
  signal?: AbortSignal,
): Promise<Uint8Array> {
  const folder = join(root, 'predictions', randomUUID());
  const output = join(folder, 'mask.png');
  try {
    await inFolder(folder, async () => mkdir(folder, { recursive: true }));
    const { imageId, image: given, ...model } = request;
    const image = typeof given === 'string' ? given : join(folder, `image${given.extension}`);
    if (typeof given !== 'string') await writeWhole(image, given.bytes);
    const images = [{ id: imageId, image, output }];
    const file = join(folder, 'request.json');
    await writeWhole(file, `${JSON.stringify({ schema: 'maskloop.predict/1', ...model, images }, null, 2)}\n`);
    const ended = await runToEnd({ command: [...command, 'predict', file], environment }, folder, signal);
    const bytes = ended.how === 'exit code 0' ? await readOrNull(output) : null;
    if (bytes !== null) return bytes;
    const lines = ended.output
      .split('\n')
      .filter((line) => line !== '')
      .slice(-SHOWN_LINES);
    const how = ended.how === 'exit code 0' ? 'wrote no mask' : `ended with ${ended.how}`;
    const message = `The trainer's program ${how} for image ${imageId}: ${lines.at(-1) ?? 'no output'}`;
    throw new MaskloopError('PredictionFailed', message, {
      facts: { image: imageId, model: request.model, output: lines },
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
