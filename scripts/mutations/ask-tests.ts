import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { z } from 'zod';

/** Milliseconds until a run of tests counts as hung, and a single test as failed. */
const RUN_MS = 300_000;
const TEST_MS = 15_000;

const report = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      message: z.string(),
      assertionResults: z.array(z.object({ status: z.string(), title: z.string() })),
    }),
  ),
});

/** What tests say. */
export interface Verdict {
  /** Titles of the tests that failed. */
  readonly failed: readonly string[];
  /** Files, by absolute path, of which not everything passed. */
  readonly failedFiles: readonly string[];
  /** Why a file could not even be loaded; null if all could. */
  readonly broken: string | null;
  /** True if the tests did not come to an end. */
  readonly hung: boolean;
}

/**
 * Runs files of tests in a copy of the tree.
 *
 * @param titles regular expression that the titles must match; all if left out
 * @throws Error if jest ends without a report
 */
export async function askTests(dir: string, files: readonly string[], titles = ''): Promise<Verdict> {
  const jest = createRequire(import.meta.url).resolve('jest/bin/jest');
  const output = join(dir, 'verdict.json');
  rmSync(output, { force: true });
  const kept = ['--json', '--outputFile', output, '--cacheDirectory', join(dir, '.jest-cache')];
  // A test that fails may leave a server open, on which jest would wait for ever.
  const pace = ['--forceExit', '--maxWorkers', files.length > 1 ? '2' : '1', '--testTimeout', String(TEST_MS)];
  const args = ['--silent', ...pace, '-t', titles, '--runTestsByPath', ...files];
  const flags = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'];
  const child = spawn(process.execPath, [...flags, jest, ...kept, ...args], { cwd: dir, stdio: 'ignore' });
  const timer = setTimeout(() => child.kill('SIGKILL'), RUN_MS);
  await once(child, 'exit');
  clearTimeout(timer);
  if (child.exitCode === null) return { failed: [], failedFiles: [], broken: null, hung: true };
  const { testResults } = report.parse(JSON.parse(readFileSync(output, 'utf8')));
  const unhappy = testResults.filter(({ status }) => status !== 'passed');
  const unloaded = unhappy.find(({ assertionResults }) => assertionResults.length === 0);
  return {
    failed: unhappy.flatMap((file) =>
      file.assertionResults.filter(({ status }) => status === 'failed').map(({ title }) => title),
    ),
    failedFiles: unhappy.map(({ name }) => name),
    broken: unloaded === undefined ? null : firstLines(unloaded.message),
    hung: false,
  };
}

function firstLines(message: string): string {
  const lines = message.split('\n').map((line) => line.trim());
  return lines
    .filter((line) => line !== '')
    .slice(0, 3)
    .join(' ');
}
