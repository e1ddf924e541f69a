import { readFileSync } from 'node:fs';
import { inflateSync } from 'node:zlib';
import { readStructure, type PngStructure } from '../../src/coco/png/structure.ts';
import { release } from '../../src/coco/png/release.ts';
import { readStored } from '../../src/coco/read-mask.ts';
import { ChangedPixels } from '../../src/coco/png/changed-pixels.ts';
import { collectChanged } from '../../src/coco/png/collect-changed.ts';
import { encodeCounts } from '../../src/coco/rle.ts';
import { RunsReader } from '../../src/coco/runs-reader.ts';
import { median } from './median.ts';

const ROUNDS = 9;
const reader = new RunsReader();
const changed = new ChangedPixels();

/** The first is what anybody's code takes at least; after the second, each does all that the one before it does. */
const STEPS: Readonly<Record<string, (file: string) => void>> = {
  'bare read and inflate': (file) => void inflateSync(streamOf(readStructure(readFileSync(file), file))),
  'the same into memory of the right size, given back': (file) => {
    const structure = readStructure(readFileSync(file), file);
    const bytes = structure.header.height * (1 + structure.header.width);
    release(inflateSync(streamOf(structure), { chunkSize: bytes + 1 }));
  },
  '… and check the length': (file) => release(readStored(readFileSync(file), file).stored),
  '… and undo filters, collect changes': (file) => {
    const { stored, header } = readStored(readFileSync(file), file);
    collectChanged(stored, header, changed, file);
    release(stored);
  },
  '… and emit runs, areas, boxes': (file) => void reader.read(readFileSync(file), file),
  '… and pack the runs: all': (file) => {
    for (const { runs } of reader.read(readFileSync(file), file).classes) encodeCounts(runs);
  },
};

function streamOf({ imageData }: PngStructure): Uint8Array {
  return imageData.length === 1 ? imageData[0]! : Buffer.concat(imageData);
}

/**
 * What a mask takes in this process, step by step, in ms of CPU: each step on all files, the steps in turn; the median
 * of the rounds after the first.
 */
export function measureSteps(files: readonly string[]): Record<string, number> {
  const taken = Object.fromEntries(Object.keys(STEPS).map((name) => [name, [] as number[]]));
  for (let round = 0; round <= ROUNDS; round += 1) {
    for (const [name, step] of Object.entries(STEPS)) {
      const before = process.cpuUsage();
      for (const file of files) step(file);
      const { user, system } = process.cpuUsage(before);
      if (round > 0) taken[name]?.push((user + system) / 1000 / files.length);
    }
  }
  return Object.fromEntries(Object.entries(taken).map(([name, all]) => [name, median(all)]));
}
