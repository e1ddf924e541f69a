import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve, sep } from 'node:path';
import { z } from 'zod';
import { MaskloopError } from '../contracts/error.ts';
import type { ChainPlace } from '../receipts/chain.ts';
import { errnoOf, isAbsent } from '../storage/errno.ts';
import { hashBytes, hashFile } from '../storage/file-hash.ts';

/** The document by which a folder is known as a dataset's. */
const RECORD = 'dataset.json';

const recordSchema = z.looseObject({
  schema: z.literal('maskloop.dataset/1'),
  connection: z.string(),
  project: z.string(),
  files: z.array(z.string()),
});

/** The folder of a dataset. Files are written whole or not at all; one that is there as it should be is left alone. */
export interface DatasetFolder {
  /** Files that an earlier run wrote or was about to. */
  readonly earlier: readonly string[];
  writeRecord(record: { readonly files: readonly string[] } & Readonly<Record<string, unknown>>): Promise<string>;
  /** Returns the SHA-256. */
  write(path: string, content: Uint8Array | string): Promise<string>;
  /** True if the file is there with this hash. */
  holds(path: string, sha256: string): Promise<boolean>;
  /** Has a file with this hash made at a path of its own beside its place, unless it is there. What `make` throws comes out. */
  take(path: string, sha256: string, make: (staged: string) => Promise<void>): Promise<void>;
  remove(path: string): Promise<void>;
}

/**
 * Opens a folder that is empty, or is not there, or holds a dataset of the same project.
 *
 * @throws MaskloopError `ForeignFolder`; `OutputNotWritable`, as all methods
 */
export async function openDatasetFolder(dir: string, place: ChainPlace): Promise<DatasetFolder> {
  const root = resolve(dir);
  const earlier = await earlierFiles(root, place);
  const at = (path: string): string => inside(root, path);
  const whole = async (path: string, make: (staged: string) => Promise<void>): Promise<void> => {
    const target = at(path);
    const staged = join(dirname(target), `.maskloop-${randomUUID()}.tmp`);
    try {
      await mkdir(dirname(target), { recursive: true });
      await make(staged);
      await rename(staged, target);
    } catch (error) {
      await rm(staged, { force: true });
      throw errnoOf(error) === undefined ? error : notWritable(target, error);
    }
  };
  const holds: DatasetFolder['holds'] = async (path, sha256) => (await hashIfThere(at(path))) === sha256;
  const write: DatasetFolder['write'] = async (path, content) => {
    const bytes = typeof content === 'string' ? Buffer.from(content) : content;
    const sha256 = hashBytes(bytes);
    if (!(await holds(path, sha256))) await whole(path, (staged) => writeFile(staged, bytes));
    return sha256;
  };
  return {
    earlier,
    holds,
    write,
    writeRecord: (record) => {
      return write(RECORD, `${JSON.stringify({ schema: 'maskloop.dataset/1', ...place, ...record }, null, 2)}\n`);
    },
    async take(path, sha256, make) {
      if (!(await holds(path, sha256))) await whole(path, make);
    },
    async remove(path) {
      await rm(at(path), { force: true });
    },
  };
}

async function earlierFiles(root: string, place: ChainPlace): Promise<readonly string[]> {
  const entries = await readdir(root).catch((error: unknown): string[] => {
    if (isAbsent(error)) return [];
    throw notWritable(root, error);
  });
  if (entries.length === 0) return [];
  const parsed = entries.includes(RECORD) ? recordSchema.safeParse(await jsonOf(join(root, RECORD))) : null;
  const record = parsed?.success === true ? parsed.data : null;
  if (record?.connection === place.connection && record.project === place.project) return record.files;
  const what = record === null ? 'something else' : `the dataset of ${record.connection}/${record.project}`;
  throw new MaskloopError('ForeignFolder', `${root} holds ${what}.`, { facts: { folder: root, holds: what } });
}

async function jsonOf(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch {
    return null;
  }
}

/** @throws MaskloopError `InvalidName` for a path that leads out of the folder */
function inside(root: string, path: string): string {
  const target = resolve(root, path);
  if (target.startsWith(root + sep)) return target;
  throw new MaskloopError('InvalidName', `"${path}" leads out of ${root}.`, { facts: { path, folder: root } });
}

async function hashIfThere(path: string): Promise<string | null> {
  try {
    return await hashFile(path);
  } catch (error) {
    if (isAbsent(error)) return null;
    throw notWritable(path, error);
  }
}

function notWritable(path: string, cause: unknown): MaskloopError {
  return new MaskloopError('OutputNotWritable', `${path} cannot be written: ${errnoOf(cause) ?? String(cause)}.`, {
    facts: { file: path },
    cause,
  });
}
