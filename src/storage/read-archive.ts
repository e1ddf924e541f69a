import { stat } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import yauzl from 'yauzl';
import { MaskloopError } from '../contracts/error.ts';

export interface ArchiveLimits {
  /** Entries, folders included. */
  readonly entries: number;
  /** Of all entries together, unpacked, as the archive declares it. */
  readonly totalBytes: number;
  /** Of one entry, unpacked, as declared and as really read. */
  readonly entryBytes: number;
  /** How many times the archive's own length they may declare together, beyond the first {@link RATIO_FROM} bytes; any if absent. */
  readonly ratio?: number;
}

export const ARCHIVE_LIMITS: ArchiveLimits = { entries: 2_000_000, totalBytes: 2 ** 36, entryBytes: 2 ** 30 };

export interface ArchiveEntry {
  /** With folders, divided by `/`; never leads out of the archive. */
  readonly name: string;
  readonly bytes: Buffer;
}

/** A few small files may be packed as tightly as they like. */
const RATIO_FROM = 2 ** 24;

/** Bits of an entry's mode that tell its kind, and those of a link. */
const KIND_OF_FILE = 0o170000;
const LINK = 0o120000;
/** Where an archive tells no mode, the kind is 0. */
const USUAL: readonly number[] = [0, 0o100000, 0o040000];

/**
 * Reads the wanted files of a ZIP archive, one after the other. All entries are looked at before the first is unpacked: a
 * path that is absolute or leads out, a link or a device, a name that comes twice, an encrypted entry, too many entries, or more than
 * the limits refuses the whole archive; so does an entry that unpacks to another size or other bytes than it declares.
 *
 * @throws MaskloopError `ArchiveRefused`
 */
export async function* readArchive(
  path: string,
  wanted: (name: string) => boolean,
  limits: ArchiveLimits = ARCHIVE_LIMITS,
): AsyncGenerator<ArchiveEntry> {
  const archive = await inArchive(path, () => yauzl.openPromise(path, { strictFileNames: true, autoClose: false }));
  try {
    const entries = await inArchive(path, () => checkedEntries(path, archive, limits));
    for (const entry of entries) {
      if (!wanted(entry.fileName)) continue;
      yield { name: entry.fileName, bytes: await inArchive(path, () => unpacked(path, archive, entry)) };
    }
  } finally {
    archive.close();
  }
}

async function checkedEntries(path: string, archive: yauzl.ZipFile, limits: ArchiveLimits): Promise<yauzl.Entry[]> {
  if (archive.entryCount > limits.entries) throw refused(path, `${archive.entryCount} entries are too many`);
  const names = new Set<string>();
  const entries: yauzl.Entry[] = [];
  const { size } = await stat(path);
  const most = Math.min(limits.totalBytes, Math.max(RATIO_FROM, (limits.ratio ?? Infinity) * size));
  let total = 0;
  for await (const entry of archive.eachEntry()) {
    const { fileName, uncompressedSize, externalFileAttributes } = entry;
    total += uncompressedSize;
    const kind = (externalFileAttributes >>> 16) & KIND_OF_FILE;
    if (kind === LINK) throw refused(path, `"${fileName}" is a link`);
    if (!USUAL.includes(kind)) throw refused(path, `"${fileName}" is neither a file nor a folder`);
    if (names.has(fileName)) throw refused(path, `"${fileName}" comes twice`);
    if (entry.isEncrypted()) throw refused(path, `"${fileName}" is encrypted`);
    if (uncompressedSize > limits.entryBytes) throw refused(path, `"${fileName}" declares ${uncompressedSize} bytes`);
    if (total > limits.totalBytes) throw refused(path, `its entries declare more than ${limits.totalBytes} bytes`);
    if (total > most) throw refused(path, `its entries declare more than ${limits.ratio} times its own ${size} bytes`);
    names.add(fileName);
    if (!fileName.endsWith('/')) entries.push(entry);
  }
  return entries;
}

/** Counted as it comes: what is declared is a claim. */
async function unpacked(path: string, archive: yauzl.ZipFile, entry: yauzl.Entry): Promise<Buffer> {
  const stream = await archive.openReadStreamPromise(entry);
  const pieces: Buffer[] = [];
  let bytes = 0;
  let sum = 0;
  for await (const piece of stream as AsyncIterable<Buffer>) {
    bytes += piece.length;
    if (bytes > entry.uncompressedSize) throw refused(path, `"${entry.fileName}" is larger than it declares`);
    sum = crc32(piece, sum);
    pieces.push(piece);
  }
  if (bytes < entry.uncompressedSize) throw refused(path, `"${entry.fileName}" is smaller than it declares`);
  if (sum !== entry.crc32) throw refused(path, `"${entry.fileName}" is damaged`);
  return Buffer.concat(pieces);
}

/** Whatever the library says of a damaged archive, in our words. */
async function inArchive<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof MaskloopError) throw error;
    const problem =
      typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : 'damaged';
    throw refused(path, problem, error);
  }
}

function refused(path: string, problem: string, cause?: unknown): MaskloopError {
  return new MaskloopError('ArchiveRefused', `${path} cannot be read safely: ${problem}.`, {
    facts: { file: path, problem },
    cause,
  });
}
