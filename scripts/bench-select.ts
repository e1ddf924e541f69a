/**
 * Makes pools in which the generator marks hard frames by its own dice, trains the stand-in's classifier on a few frames, and
 * counts how many of the hard ones each strategy chooses. Ends with 1 where `uncertainty` does not find three times as many
 * in the median as `random`, or `random` leaves its binomial interval.
 *
 *     npm run bench:select -- --seeds 20
 */
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { judgeHardFrames } from './bench-select/judge-hard-frames.ts';
import { countHardFrames, type BenchSize, type HardFrames } from './bench-select/count-hard-frames.ts';

const SIZE: BenchSize = { frames: 140, width: 64, height: 48, trainedOn: [8, 16], batch: 20, flips: true };

const { values } = parseArgs({ options: { seeds: { type: 'string', default: '20' } } });
const say = (text: string): void => void process.stdout.write(`${text}\n`);

const counted: HardFrames[] = [];
say('seed   hard in the pool   random   uncertainty (two models)   uncertainty (flips)');
for (let seed = 1; seed <= Number(values.seeds); seed += 1) {
  const one = await countHardFrames(await mkdtemp(path.join(tmpdir(), 'maskloop-select-')), seed, SIZE);
  counted.push(one);
  const pool = `${one.pool.hard} of ${one.pool.frames}`;
  say(
    [seed, pool, one.random, one.uncertainty, one.flips]
      .map((value, at) => `${value}`.padEnd([7, 19, 9, 27, 0][at] ?? 0))
      .join(''),
  );
}
const { lines, passed } = judgeHardFrames(counted, SIZE.batch);
for (const line of lines) say(line);
process.exitCode = passed ? 0 : 1;
