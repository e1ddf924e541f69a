/**
 * Runs the suites that state properties with one new seed after another, where `npm test` always takes the same. A round that fails
 * prints the seed that repeats it. Exit code 1 if one failed.
 *
 * usage: tsx scripts/explore-properties.ts [--rounds N] [--seed N]
 */
import { spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { listSourceFiles } from './list-files.ts';

const ROOT = path.dirname(import.meta.dirname);
const KIT = 'kit/seeded-properties.ts';
const FLAGS = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'];
const MAX_SEED = 2 ** 31;

/** Test suites that state properties themselves or by the kit. */
async function suites(): Promise<readonly string[]> {
  const files = await listSourceFiles(ROOT);
  const tests = files.filter((file) => file.endsWith('.test.ts'));
  const texts = await Promise.all(tests.map(async (file) => readFile(path.join(ROOT, file), 'utf8')));
  return tests.filter((_, index) => texts[index]!.includes(KIT));
}

/** @returns whether all passed */
async function round(seed: number, files: readonly string[]): Promise<boolean> {
  const jest = createRequire(import.meta.url).resolve('jest/bin/jest');
  const child = spawn(process.execPath, [...FLAGS, jest, '--reporters', 'default', '--silent', ...files], {
    cwd: ROOT,
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, MASKLOOP_PROPERTY_SEED: String(seed) },
  });
  let printed = '';
  child.stderr.on('data', (chunk: Buffer) => (printed += chunk.toString('utf8')));
  await once(child, 'close');
  console.log(
    `seed ${seed}: ${child.exitCode === 0 ? 'passed' : `failed; again: MASKLOOP_PROPERTY_SEED=${seed} npm test`}`,
  );
  if (child.exitCode !== 0) console.log(printed);
  return child.exitCode === 0;
}

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '10' }, seed: { type: 'string' } } });
const files = await suites();
console.log(`${files.length} suites, ${values.rounds} rounds`);
for (let i = 0; i < Number(values.rounds); i += 1) {
  const seed = values.seed === undefined ? randomInt(MAX_SEED) : Number(values.seed) + i;
  if (!(await round(seed, files))) process.exitCode = 1;
}
