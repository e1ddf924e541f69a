import { constants } from 'node:fs';
import { access, open, stat } from 'node:fs/promises';
import path from 'node:path';

/** First bytes of programs: ELF, Mach-O (64 bit, universal), PE, and scripts. */
const MAGIC = ['7f454c46', 'cffaedfe', 'cafebabe', '4d5a', '2321'];

/** True if `file` is a file that this user may execute. */
export async function isExecutable(file: string): Promise<boolean> {
  try {
    await access(file, constants.X_OK);
    return (await stat(file)).isFile();
  } catch {
    return false;
  }
}

/** True if the file begins like a program of some platform, which a proxy's error page or half an archive does not. */
export async function looksLikeProgram(file: string): Promise<boolean> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(4), 0, 4, 0);
    const head = buffer.subarray(0, bytesRead).toString('hex');
    return MAGIC.some((magic) => head.startsWith(magic));
  } finally {
    await handle.close();
  }
}

/** The first executable of this name in the folders of a PATH; null if none has it. */
export async function findOnPath(fileName: string, searchPath: string): Promise<string | null> {
  for (const folder of searchPath.split(path.delimiter)) {
    if (folder === '') continue;
    const file = path.resolve(folder, fileName);
    if (await isExecutable(file)) return file;
  }
  return null;
}
