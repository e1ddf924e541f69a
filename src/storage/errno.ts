/** The code of an error of Node or the system (`ENOENT`); undefined for other errors. Works across realms. */
export function errnoOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' && /^E[A-Z0-9]+$/.test(error.code) ? error.code : undefined;
}

/** True where a path, or a folder on the way to it, does not exist. */
export function isAbsent(error: unknown): boolean {
  const code = errnoOf(error);
  return code === 'ENOENT' || code === 'ENOTDIR';
}

const MEANINGS: Readonly<Record<string, string>> = {
  ENOENT: 'it does not exist',
  ENOTDIR: 'a part of its path is not a folder',
  EISDIR: 'it is a folder',
  EACCES: 'permission is missing',
  EPERM: 'the operation is not permitted',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EMFILE: 'too many files are open',
  ENFILE: 'too many files are open on this machine',
  ELOOP: 'its links lead in a circle',
  EIO: 'the device reports an error',
  ESTALE: 'the network file system has lost it',
  ETIMEDOUT: 'the network file system does not answer',
};

/** A system error in words: `the disk is full (ENOSPC)`. */
export function describeErrno(error: unknown): string {
  const code = errnoOf(error);
  if (code === undefined) return String(error);
  const meaning = MEANINGS[code];
  return meaning === undefined ? code : `${meaning} (${code})`;
}
