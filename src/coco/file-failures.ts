import { types } from 'node:util';
import { MaskloopError } from '../contracts/error.ts';

/** `UnreadableFile` for an error that the file system gave while `path` was read. */
export function unreadable(path: string, error: unknown): MaskloopError {
  const reason = reasonOf(error);
  return new MaskloopError('UnreadableFile', `${path} cannot be read: ${reason}.`, {
    facts: { file: path, reason },
    cause: error,
  });
}

/** `OutputNotWritable` for an error that the file system gave while `path` was written. */
export function notWritable(path: string, error: unknown): MaskloopError {
  const reason = reasonOf(error);
  return new MaskloopError('OutputNotWritable', `${path} cannot be written: ${reason}.`, {
    facts: { file: path, reason },
    cause: error,
  });
}

/** The code of the operating system (`ENOENT`) where there is one, else the message. */
export function reasonOf(error: unknown): string {
  if (typeof error === 'object' && error !== null && 'code' in error) return String(error.code);
  return types.isNativeError(error) ? error.message : String(error);
}
