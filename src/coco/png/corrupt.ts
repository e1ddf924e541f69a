import { MaskloopError, type Facts } from '../../contracts/error.ts';

/** A `CorruptPng` about the file `where`; `problem` completes the sentence "`where` is damaged: …". */
export function corruptPng(where: string, problem: string, facts: Facts = {}, cause?: unknown): MaskloopError {
  return new MaskloopError('CorruptPng', `${where} is damaged: ${problem}.`, {
    facts: { file: where, ...facts },
    cause,
  });
}

/** A `TruncatedPng` about the file `where`, which ends after `bytes` bytes inside or before `part`. */
export function truncatedPng(where: string, bytes: number, part: string): MaskloopError {
  return new MaskloopError('TruncatedPng', `${where} ends after ${bytes} bytes, before the end of ${part}.`, {
    facts: { file: where, bytes, part },
  });
}
