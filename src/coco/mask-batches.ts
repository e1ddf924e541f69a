import { setImmediate } from 'node:timers/promises';
import type { ConvertedMask } from './converted-mask.ts';
import { MaskConverter, type MaskReading } from './mask-converter.ts';
import { readFileNow } from './read-file-now.ts';

/** Converts mask files: in a pool of threads ({@link createMaskThreads}) or {@link inThisThread}, with the same result. */
export interface MaskBatches {
  /**
   * Converts the files at `paths` and gives them in that order, some at a time. The failure is that of the first file that
   * cannot be converted. When the signal is aborted, or the caller stops reading, what is under way is given up.
   *
   * @throws MaskloopError what {@link MaskConverter.convert} throws; `UnreadableFile`; the reason of the signal
   */
  convert(
    paths: readonly string[],
    reading: MaskReading,
    signal?: AbortSignal,
  ): AsyncIterable<readonly ConvertedMask[]>;
}

/** Converts in the thread that asks, which has its turn for other things after each mask. */
export const inThisThread: MaskBatches = {
  async *convert(paths, reading, signal) {
    const converter = new MaskConverter(reading);
    for (const path of paths) {
      signal?.throwIfAborted();
      yield [converter.convert(readFileNow(path), path)];
      await setImmediate();
    }
  },
};
