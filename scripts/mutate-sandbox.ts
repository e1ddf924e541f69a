/**
 * Takes each oddity out of the stand-ins, one at a time and in a copy of the tree, and runs the tests that should notice;
 * where none of these does, all tests of the stand-in. Exit code 1 if nothing notices one, if its place in the source is
 * not found any more, if the source without it cannot be loaded, or if tests fail as the tree is.
 *
 * usage: tsx scripts/mutate-sandbox.ts [--only REGEX of an oddity or its file] [--quick]
 *   --quick  asks each oddity's own tests alone
 */
import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { ODDITIES } from './mutations/oddities.ts';
import { createTrials } from './mutations/trials.ts';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
/** What the tests need of the tree. */
const COPIED = ['src', 'test', 'scripts', 'package.json', 'jest.config.js', 'tsconfig.json', 'tsconfig.base.json'];

const { values: flags } = parseArgs({
  options: { only: { type: 'string', default: '' }, quick: { type: 'boolean', default: false } },
});

function copyTree(): string {
  const dir = mkdtempSync(join(tmpdir(), 'maskloop-mutations-'));
  for (const name of COPIED) cpSync(join(ROOT, name), join(dir, name), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(dir, 'node_modules'));
  return dir;
}

async function main(): Promise<number> {
  const only = new RegExp(flags.only);
  const chosen = ODDITIES.flatMap(({ mutations, tests }) =>
    mutations.filter(({ oddity, file }) => only.test(oddity) || only.test(file)).map((one) => ({ ...one, tests })),
  );
  if (chosen.length === 0) {
    console.error(`No oddity fits ${flags.only}`);
    return 2;
  }
  const dir = copyTree();
  let isStopped = false;
  process.on('SIGINT', () => (isStopped = true));
  let [noticed, not] = [0, 0];
  try {
    const trials = createTrials(dir);
    console.log(`${chosen.length} oddities; first their tests as the tree is ...`);
    const unusable = await trials.begin(chosen.flatMap(({ suites }) => suites));
    for (const words of unusable) console.log(`unusable  ${words}`);
    for (const mutation of chosen) {
      if (isStopped) break;
      const begin = performance.now();
      const { isNoticed, words } = await trials.attempt(mutation, flags.quick ? [] : mutation.tests);
      if (isStopped) break;
      if (isNoticed) noticed += 1;
      else not += 1;
      const place = `${String(noticed + not).padStart(3)}/${chosen.length}`;
      const seconds = ((performance.now() - begin) / 1000).toFixed(1);
      console.log(`${place}  ${isNoticed ? 'noticed' : 'NOT    '}  ${mutation.oddity} (${seconds} s): ${words}`);
    }
    const left = chosen.length - noticed - not;
    console.log(`${chosen.length} oddities, ${noticed} noticed, ${not} not${left > 0 ? `, ${left} not tried` : ''}`);
    return not === 0 && left === 0 && unusable.length === 0 ? 0 : 1;
  } finally {
    // What was stopped in the middle may still write to its cache.
    rmSync(dir, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  }
}

process.exitCode = await main();
