import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { askTests, type Verdict } from './ask-tests.ts';
import { applyMutation, type Mutation, type Suite } from './mutation.ts';

/** What became of one oddity that was taken out. */
interface Attempt {
  readonly isNoticed: boolean;
  /** The test that noticed, or why none could. */
  readonly words: string;
}

/** Takes oddities out of a copy of the tree and asks its tests. */
export interface Trials {
  /** Runs the files of suites as they are. @returns files that fail then, which cannot notice anything */
  begin(suites: readonly Suite[]): Promise<readonly string[]>;
  /** @param tests beginnings of the paths of further tests, which are asked where no suite notices */
  attempt(mutation: Mutation, tests: readonly string[]): Promise<Attempt>;
}

/** @param dir copy of the tree, of which one file at a time is changed for a while */
export function createTrials(dir: string): Trials {
  /** Files that pass as the tree is, or not. */
  const usable = new Map<string, boolean>();

  async function check(files: readonly string[]): Promise<void> {
    const unknown = [...new Set(files)].filter((file) => !usable.has(file));
    if (unknown.length === 0) return;
    const { failedFiles, hung } = await askTests(dir, unknown);
    for (const file of unknown) {
      const hasFailed = hung || failedFiles.includes(join(dir, file));
      // Once more by itself: a busy machine is no reason to do without its tests.
      usable.set(file, !hasFailed || allPass(await askTests(dir, [file])));
    }
  }

  /** Asks tests while the oddity is gone. @throws Error if its place is not found */
  async function without(mutation: Mutation, files: readonly string[], titles?: string): Promise<Attempt | null> {
    const path = join(dir, mutation.file);
    const source = readFileSync(path, 'utf8');
    try {
      writeFileSync(path, applyMutation(source, mutation));
      return noticeOf(await askTests(dir, files, titles));
    } finally {
      writeFileSync(path, source);
    }
  }

  async function take(mutation: Mutation, tests: readonly string[]): Promise<Attempt> {
    for (const { file, titles } of mutation.suites) {
      const attempt = usable.get(file) === true ? await without(mutation, [file], titles) : null;
      if (attempt !== null) return attempt;
    }
    if (tests.length === 0) return { isNoticed: false, words: 'its suites pass without it' };
    const all = testFiles(dir, tests);
    await check(all);
    const usableFiles = all.filter((file) => usable.get(file) === true);
    const attempt = await without(mutation, usableFiles);
    if (attempt === null) return { isNoticed: false, words: 'all tests pass without it' };
    return { ...attempt, words: `none of its suites, but ${attempt.words}` };
  }

  return {
    async begin(suites) {
      await check(suites.map(({ file }) => file));
      return [...usable].flatMap(([file, passes]) => (passes ? [] : [`${file} fails as the tree is`]));
    },
    attempt: (mutation, tests) =>
      take(mutation, tests).catch((error: unknown) => ({
        isNoticed: false,
        words: error instanceof Error ? error.message : String(error),
      })),
  };
}

function allPass({ failedFiles, hung }: Verdict): boolean {
  return !hung && failedFiles.length === 0;
}

/** Null if nothing was noticed. A test that hangs has noticed; source that cannot be loaded proves nothing. */
function noticeOf({ failed, broken, hung }: Verdict): Attempt | null {
  if (hung) return { isNoticed: true, words: 'the tests hang' };
  if (broken !== null) return { isNoticed: false, words: `the source cannot be loaded: ${broken}` };
  const [title] = failed;
  return title === undefined ? null : { isNoticed: true, words: `"${title}"` };
}

function testFiles(dir: string, beginnings: readonly string[]): string[] {
  const all = readdirSync(join(dir, 'test'), { recursive: true, encoding: 'utf8' });
  const files = all.map((file) => `test/${file}`).filter((file) => file.endsWith('.test.ts'));
  return files.filter((file) => beginnings.some((beginning) => file.startsWith(beginning))).toSorted();
}
