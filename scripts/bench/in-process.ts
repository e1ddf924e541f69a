import { readFileSync } from 'node:fs';
import { inflateSync } from 'node:zlib';
import { readStructure } from '../../src/coco/png/structure.ts';
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

/** Each step does all that the one before it does. The first one gives its memory back too, which is the harder measure. */
const STEPS: Readonly<Record<string, (file: string) => void>> = {
  'read and inflate into memory of the right size': (file) => {
    const { header, imageData } = readStructure(readFileSync(file), file);
    const bytes = header.height * (1 + header.width);
    release(inflateSync(imageData.length === 1 ? imageData[0]! : Buffer.concat(imageData), { chunkSize: bytes + 1 }));
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
