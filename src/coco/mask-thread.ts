import { move, transferableSymbol, valueSymbol } from 'piscina';
import { isMaskloopError, type Facts } from '../contracts/error.ts';
import type { FailureCode } from '../contracts/failures.ts';
import type { ConvertedMask } from './converted-mask.ts';
import { MaskConverter, type MaskReading } from './mask-converter.ts';
import { masksToLines } from './mask-lines.ts';
import { readMaskFile, type MaskFile } from './read-mask-file.ts';

/** What a thread is asked to do. */
export interface BatchTask {
  readonly files: readonly MaskFile[];
  readonly reading: MaskReading;
}

/** What it answers. A failure goes as data, since an error that crosses threads keeps its message alone. */
export type BatchAnswer =
  | { readonly lines: Uint8Array }
  | { readonly failure: { readonly code: FailureCode; readonly message: string; readonly facts: Facts } };

let latest: { readonly key: string; readonly converter: MaskConverter } | null = null;

/** The converter of the last task where it reads alike: its memory is worth keeping. */
function converterFor(reading: MaskReading): MaskConverter {
  const key = JSON.stringify(reading);
  if (latest?.key !== key) latest = { key, converter: new MaskConverter(reading) };
  return latest.converter;
}

/** Converts a batch of files; called by the pool that {@link createMaskThreads} makes. The lines are moved, not copied. */
export function convertBatch({ files, reading }: BatchTask): unknown {
  try {
    const converter = converterFor(reading);
    const lines = masksToLines(convertEach(files, converter));
    return move({ [transferableSymbol]: lines.buffer, [valueSymbol]: { lines } satisfies BatchAnswer });
  } catch (error) {
    if (!isMaskloopError(error)) throw error;
    const { code, message, facts } = error;
    return { failure: { code, message, facts } } satisfies BatchAnswer;
  }
}

function* convertEach(files: readonly MaskFile[], converter: MaskConverter): Generator<ConvertedMask> {
  for (const file of files) yield converter.convert(readMaskFile(file), file.name ?? file.path);
}
