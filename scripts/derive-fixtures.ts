/**
 * Derives the small fixtures in `test/fixtures` from recordings of real servers.
 *
 *     npm run derive-fixtures [-- FOLDER]
 *
 * FOLDER holds one folder a server with a `transcript.jsonl`. Without recordings the fixtures stay as they are.
 */
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { compact, type Fixture } from './fixtures/compact.ts';
import { maskPairs } from './fixtures/masks.ts';
import { mixedShapes, type MixedShapes } from './fixtures/mixed-shapes.ts';
import { readRecording } from './fixtures/recording.ts';
import { deriveExchanges } from './fixtures/replay/derive-exchanges.ts';
import { createPlaceholders } from './fixtures/replay/placeholders.ts';
import { oneOfEachKind, selectCvat } from './fixtures/select.ts';

const recordings = process.argv[2] ?? '../shared/servers';
const fixtures = join(import.meta.dirname, '../test/fixtures');

/** Which recordings, one after the other, become which fixture. */
const CVAT = {
  'cvat-2.73.0': ['cvat-2.73.0/transcript.jsonl', 'cvat-more/transcript-2.73.0.jsonl'],
  'cvat-2.54.1': [
    'cvat-2.54.1/transcript.jsonl',
    'cvat-2.54.1/transcript-direct.jsonl',
    'cvat-more/transcript-2.54.1.jsonl',
  ],
};

/** Places in the recordings. A port on which nobody listens stays closed. */
const HOSTS = {
  '127.0.0.1:9054': 'server.test',
  '127.0.0.1:9055': 'server.test',
  '127.0.0.1:9073': 'server.test',
  '127.0.0.1:9454': 'server.test',
  '127.0.0.1:9473': 'server.test',
  '127.0.0.1:9900': 'server.test',
  '127.0.0.1:9154': 'receiver.test',
  '127.0.0.1:9373': 'receiver.test',
  '127.0.0.1:9490': 'receiver.test',
  '127.0.0.1:9199': '127.0.0.1:9',
};

async function read(files: readonly string[]): Promise<ReturnType<typeof readRecording>> {
  return (await Promise.all(files.map((file) => readRecording(join(recordings, file))))).flat();
}

/** One item a line, so that a difference can be read. */
async function write(name: string, items: readonly unknown[]): Promise<void> {
  const text = `[\n${items.map((item) => JSON.stringify(item)).join(',\n')}\n]\n`;
  await writeFile(join(fixtures, `${name}.json`), text);
  console.log(`${name}: ${items.length} items, ${Math.ceil(text.length / 1000)} kB`);
}

/** Everything that was recorded of one server, in the order of the answers, for the replay. */
async function writeReplay(name: string, files: readonly string[]): Promise<void> {
  const records = (await read(files)).toSorted((a, b) => a.t + a.ms - b.t - b.ms);
  const exchanges = await deriveExchanges(records, createPlaceholders(HOSTS));
  const packed = gzipSync(`${exchanges.map((exchange) => JSON.stringify(exchange)).join('\n')}\n`, { level: 9 });
  await mkdir(join(fixtures, 'recordings'), { recursive: true });
  await writeFile(join(fixtures, `recordings/${name}.jsonl.gz`), packed);
  console.log(`recordings/${name}: ${exchanges.length} exchanges, ${Math.ceil(packed.length / 1000)} kB packed`);
}

if (existsSync(recordings)) {
  for (const [name, files] of Object.entries(CVAT)) await writeReplay(name, files);
  await writeReplay('monai-label-0.8.5', ['monai-label-0.8.5/transcript.jsonl']);
  const mixed: MixedShapes[] = [];
  for (const [name, files] of Object.entries(CVAT)) {
    const records = await read(files);
    mixed.push(...mixedShapes(name.replace('cvat-', ''), records));
    await write(name, selectCvat(records.map(compact)));
    await write(`${name}-masks`, maskPairs(records).slice(0, 6));
  }
  await write('cvat-mixed-shapes', mixed);
  const monai: readonly Fixture[] = (await read(['monai-label-0.8.5/transcript.jsonl'])).map(compact);
  await write('monai-label-0.8.5', oneOfEachKind(monai.filter(({ path }) => path !== '/openapi.json')));
} else {
  console.log(`No recordings in ${recordings}: the fixtures stay as they are.`);
}
