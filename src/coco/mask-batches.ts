import { setImmediate } from 'node:timers/promises';
import type { ConvertedMask } from './converted-mask.ts';
import { MaskConverter, type MaskReading } from './mask-converter.ts';
import { readMaskFile, type MaskFile } from './read-mask-file.ts';

/** Converts mask files: in a pool of threads ({@link createMaskThreads}) or {@link inThisThread}, with the same result. */
export interface MaskBatches {
  /**
   * Converts files and gives them in that order, some at a time; files are asked for when their turn is near. The failure is that of the first file that
   * cannot be converted. When the signal is aborted, or the caller stops reading, what is under way is given up.
   *
   * @throws MaskloopError what {@link MaskConverter.convert} throws; `UnreadableFile`, `InputChanged`; the reason of the signal
   */
  convert(
    files: Iterable<MaskFile>,
    reading: MaskReading,
    signal?: AbortSignal,
  ): AsyncIterable<readonly ConvertedMask[]>;
}

/** Converts in the thread that asks, which has its turn for other things after each mask. */
export const inThisThread: MaskBatches = {
  async *convert(files, reading, signal) {
    const converter = new MaskConverter(reading);
    for (const file of files) {
      signal?.throwIfAborted();
      yield [converter.convert(readMaskFile(file), file.name ?? file.path)];
      await setImmediate();
    }
  },
};
