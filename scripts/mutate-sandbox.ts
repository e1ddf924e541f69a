/**
 * Takes each oddity out of the stand-ins, one at a time and in a copy of the tree, and runs the tests that should notice.
 * Exit code 1 if nothing notices one, if its place in the source is not found any more, or if tests fail as the tree is.
 *
 * usage: tsx scripts/mutate-sandbox.ts [--only REGEX of an oddity]
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { CVAT_MUTATIONS } from './mutations/cvat.ts';
import { MONAI_MUTATIONS } from './mutations/monai.ts';
import { applyMutation, type Mutation } from './mutations/mutation.ts';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
/** What the tests need of the tree. */
const COPIED = ['src', 'test', 'scripts', 'package.json', 'jest.config.js', 'tsconfig.json', 'tsconfig.base.json'];

/** Tests in the order in which they are asked: the quick ones first. */
const SUITES = {
  cvat: [
    ['test/contract/cvat-sandbox', '-t', '2.73.0'],
    ['test/contract/cvat-sandbox', '-t', '2.54.1'],
    ['test/unit/sandbox/cvat'],
    ['test/recordings'],
  ],
  monai: [['test/contract/monai-sandbox'], ['test/unit/sandbox/monai'], ['test/recordings']],
} as const;

const { values: flags } = parseArgs({ options: { only: { type: 'string', default: '' } } });

function copyTree(): string {
  const dir = mkdtempSync(join(tmpdir(), 'maskloop-mutations-'));
  for (const name of COPIED) cpSync(join(ROOT, name), join(dir, name), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(dir, 'node_modules'));
  return dir;
}

/** True if the tests below the given paths pass in the copy. */
function passes(dir: string, paths: readonly string[]): boolean {
  const jest = createRequire(import.meta.url).resolve('jest/bin/jest');
  const args = ['--experimental-vm-modules', jest, '--bail', '--silent', '--passWithNoTests', ...paths];
  const { status, error } = spawnSync(process.execPath, args, { cwd: dir, timeout: 300_000 });
  // A test that hangs has noticed as well.
  return status === 0 && error === undefined;
}

/** The tests that fail without the oddity; null if none does. */
function noticedBy(dir: string, suites: readonly (readonly string[])[]): string | null {
  for (const paths of suites) if (!passes(dir, paths)) return paths.join(' ');
  return null;
}

function tryMutation(dir: string, mutation: Mutation, suites: readonly (readonly string[])[]): boolean {
  const path = join(dir, mutation.file);
  const source = readFileSync(path, 'utf8');
  try {
    writeFileSync(path, applyMutation(source, mutation));
    const notice = noticedBy(dir, suites);
    console.log(
      notice === null ? `SURVIVED  ${mutation.oddity} (${mutation.file})` : `caught    ${mutation.oddity}: ${notice}`,
    );
    return notice !== null;
  } catch (error) {
    console.log(`STALE     ${mutation.oddity}: ${error instanceof Error ? error.message : String(error)}`);
    return false;
  } finally {
    writeFileSync(path, source);
  }
}

function main(): number {
  const dir = copyTree();
  let [tried, caught, broken] = [0, 0, 0];
  try {
    for (const [server, mutations] of [
      ['cvat', CVAT_MUTATIONS],
      ['monai', MONAI_MUTATIONS],
    ] as const) {
      const chosen = mutations.filter(({ oddity }) => new RegExp(flags.only).test(oddity));
      if (chosen.length === 0) continue;
      // What fails anyway notices nothing.
      const suites = SUITES[server].filter((paths) => passes(dir, paths));
      const unusable = SUITES[server].filter((paths) => !suites.includes(paths));
      for (const paths of unusable) console.log(`UNUSABLE  ${paths.join(' ')} fails without any mutation`);
      broken += unusable.length;
      for (const mutation of chosen) {
        tried += 1;
        if (tryMutation(dir, mutation, suites)) caught += 1;
      }
    }
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
  console.log(`${caught} of ${tried} oddities are noticed when they are gone`);
  return tried > 0 && caught === tried && broken === 0 ? 0 : 1;
}

process.exitCode = main();
