import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const SLOWEST_SHOWN = 5;

/**
 * Prints the slowest suites and, as the last line, `N passed, N failed`; writes the same numbers to
 * `.cache/test-summary.json`. A suite that could not run, and a run without any test, count as failed.
 */
export default class SummaryReporter {
  #root;
  #file;

  constructor(globalConfig) {
    this.#root = globalConfig.rootDir;
    this.#file = path.join(globalConfig.rootDir, '.cache/test-summary.json');
  }

  onRunStart() {
    rmSync(this.#file, { force: true });
  }

  onRunComplete(_contexts, results) {
    const summary = summarize(results, this.#root);
    mkdirSync(path.dirname(this.#file), { recursive: true });
    writeFileSync(this.#file, `${JSON.stringify(summary, null, 2)}\n`);
    const slowest = summary.slowest.map(({ suite, seconds }) => `${suite} ${seconds.toFixed(1)} s`);
    const lines = [`slowest: ${slowest.join(', ')}`, `${summary.passed} passed, ${summary.failed} failed`];
    if (summary.skipped > 0) lines.unshift(`skipped: ${summary.skipped}`);
    // Jest prints its own summary after all reporters; these lines are to be the last.
    process.once('exit', () => process.stdout.write(`\n${lines.join('\n')}\n`));
  }

  getLastError() {
    return undefined;
  }
}

/** The numbers of a run of jest; suite names are relative to `root`. */
export function summarize(results, root) {
  const timed = results.testResults.map(({ testFilePath, perfStats }) => ({
    suite: path.relative(root, testFilePath),
    seconds: (perfStats.end - perfStats.start) / 1000,
  }));
  const ranNothing = results.numTotalTests === 0 && results.numRuntimeErrorTestSuites === 0;
  return {
    passed: results.numPassedTests,
    failed: results.numFailedTests + results.numRuntimeErrorTestSuites + (ranNothing ? 1 : 0),
    skipped: results.numPendingTests + results.numTodoTests,
    slowest: timed.toSorted((a, b) => b.seconds - a.seconds).slice(0, SLOWEST_SHOWN),
  };
}
