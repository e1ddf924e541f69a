/**
 * Derives the small fixtures in `test/fixtures` from recordings of real servers.
 *
 *     npm run derive-fixtures [-- FOLDER]
 *
 * FOLDER holds one folder a server with a `transcript.jsonl`. Without recordings the fixtures stay as they are.
 */
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { compact, type Fixture } from './fixtures/compact.ts';
import { maskPairs } from './fixtures/masks.ts';
import { readRecording } from './fixtures/recording.ts';
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

async function read(files: readonly string[]): Promise<ReturnType<typeof readRecording>> {
  return (await Promise.all(files.map((file) => readRecording(join(recordings, file))))).flat();
}

/** One item a line, so that a difference can be read. */
async function write(name: string, items: readonly unknown[]): Promise<void> {
  const text = `[\n${items.map((item) => JSON.stringify(item)).join(',\n')}\n]\n`;
  await writeFile(join(fixtures, `${name}.json`), text);
  console.log(`${name}: ${items.length} items, ${Math.ceil(text.length / 1000)} kB`);
}

if (existsSync(recordings)) {
  for (const [name, files] of Object.entries(CVAT)) {
    const records = await read(files);
    await write(name, selectCvat(records.map(compact)));
    await write(`${name}-masks`, maskPairs(records).slice(0, 6));
  }
  const monai: readonly Fixture[] = (await read(['monai-label-0.8.5/transcript.jsonl'])).map(compact);
  await write('monai-label-0.8.5', oneOfEachKind(monai.filter(({ path }) => path !== '/openapi.json')));
} else {
  console.log(`No recordings in ${recordings}: the fixtures stay as they are.`);
}
