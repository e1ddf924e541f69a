/**
 * A trainer by the contract of docs/trainers.md that learns the mean colour of each label, an image an epoch, and predicts
 * the label with the nearest one. Called as `node mean-colours.mjs [WORDS] train|predict REQUEST`, where WORDS may be `--epoch-ms N`,
 * `--fail`, `--shout N` (words a line), and `--pause N FILE`: after epoch N it waits until there is such a file.
 */
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { readPng, writePng } from './png.mjs';

const words = process.argv.slice(2);
const [task, file] = words.slice(-2);
const request = JSON.parse(readFileSync(file, 'utf8'));
const option = (name, fallback) => (words.includes(name) ? Number(words[words.indexOf(name) + 1]) : fallback);

if (task === 'train') await train();
else if (task === 'predict') predict();
else process.exit(2);

async function train() {
  const { pairs, labels, maxEpochs, checkpoint, output } = request;
  if (words.includes('--fail')) throw new Error('no colours today');
  if (pairs.length === 0) throw new Error('there is nothing to learn from');
  const state = join(checkpoint, 'state.json');
  const sums = Object.fromEntries([0, ...Object.values(labels)].map((index) => [index, [0, 0, 0, 0]]));
  const saved = existsSync(state) ? JSON.parse(readFileSync(state, 'utf8')) : { from: 0, sums: {} };
  Object.assign(sums, saved.sums);
  const totalEpochs = maxEpochs ?? pairs.length;
  for (let epoch = saved.from + 1; epoch <= totalEpochs; epoch += 1) {
    learn(sums, pairs[(epoch - 1) % pairs.length]);
    await sleep(option('--epoch-ms', 20));
    writeFileSync(`${state}.new`, JSON.stringify({ from: epoch, sums }));
    renameSync(`${state}.new`, state);
    console.error(`epoch ${epoch}, ${'loud '.repeat(option('--shout', 0))}in words`);
    console.log(JSON.stringify({ epoch, totalEpochs, metric: accuracy(sums, pairs[0]), metricName: 'pixel_accuracy' }));
    if (epoch === option('--pause', 0)) await appearance(words[words.indexOf('--pause') + 2]);
  }
  writeFileSync(output, JSON.stringify(sums));
}

async function appearance(path) {
  while (!existsSync(path)) await sleep(20);
}

function learn(sums, { image, label }) {
  const [picture, mask] = [readPng(readFileSync(image)), readPng(readFileSync(label))];
  for (let pixel = 0; pixel < picture.width * picture.height; pixel += 1) {
    const sum = sums[mask.samples[pixel * mask.channels]];
    for (let channel = 0; channel < 3; channel += 1)
      sum[channel] += picture.samples[pixel * picture.channels + channel];
    sum[3] += 1;
  }
}

function nearest(sums, { samples, channels }, pixel) {
  let [best, least] = [0, Infinity];
  for (const [index, [red, green, blue, count]] of Object.entries(sums)) {
    if (!(count > 0)) continue;
    const at = pixel * channels;
    const distance =
      (samples[at] - red / count) ** 2 + (samples[at + 1] - green / count) ** 2 + (samples[at + 2] - blue / count) ** 2;
    if (distance < least) [best, least] = [Number(index), distance];
  }
  return best;
}

function accuracy(sums, { image, label }) {
  const [picture, mask] = [readPng(readFileSync(image)), readPng(readFileSync(label))];
  const pixels = picture.width * picture.height;
  let right = 0;
  for (let pixel = 0; pixel < pixels; pixel += 1) {
    if (nearest(sums, picture, pixel) === mask.samples[pixel * mask.channels]) right += 1;
  }
  return right / pixels;
}

function predict() {
  const sums = JSON.parse(readFileSync(request.file, 'utf8'));
  for (const { image, output } of request.images) {
    const picture = readPng(readFileSync(image));
    const values = Buffer.alloc(picture.width * picture.height);
    for (let pixel = 0; pixel < values.length; pixel += 1) values[pixel] = nearest(sums, picture, pixel);
    writeFileSync(output, writePng(picture.width, picture.height, values));
  }
}
