import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

const project = fileURLToPath(new URL('../../../', import.meta.url));
let root: string;

beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'maskloop-reporter-'));
});
afterEach(async () => rm(root, { recursive: true, force: true }));

/** Runs jest with the reporter on a project of these test files. */
async function runJest(files: Record<string, string>): Promise<{ code: number; output: string; summary: unknown }> {
  await mkdir(path.join(root, 'test'));
  const reporter = path.join(project, 'test/kit/jest-summary-reporter.js');
  const config = { testEnvironment: 'node', transform: {}, reporters: ['default', reporter] };
  await writeFile(path.join(root, 'package.json'), JSON.stringify({ jest: config }));
  for (const [file, content] of Object.entries(files)) await writeFile(path.join(root, 'test', file), content);
  const jest = path.join(project, 'node_modules/jest/bin/jest.js');
  // Both streams in one pipe, as a log sees them.
  const line = `exec "${process.execPath}" "${jest}" --ci 2>&1`;
  const { status, stdout } = spawnSync('sh', ['-c', line], {
    cwd: root,
    env: { PATH: process.env['PATH'] },
    encoding: 'utf8',
  });
  const summary: unknown = JSON.parse(await readFile(path.join(root, '.cache/test-summary.json'), 'utf8'));
  return { code: status ?? -1, output: stdout, summary };
}

describe('the summary reporter', () => {
  it('ends the output with the counts, alone on the last line, and writes them to a file', async () => {
    const { code, output, summary } = await runJest({
      'good.test.js': "test('a', () => {}); test('b', () => {}); test.skip('c', () => {});",
      'bad.test.js': "test('d', () => { throw new Error('planted'); });",
      'broken.test.js': "throw new Error('the suite cannot run');",
    });
    const lines = output.trimEnd().split('\n');
    expect(lines.at(-1)).toBe('2 passed, 2 failed');
    expect(lines.at(-2)).toMatch(/^slowest: (test\/\w+\.test\.js \d+\.\d s(, )?){3}$/);
    expect(lines.at(-3)).toBe('skipped: 1');
    expect(summary).toMatchObject({ passed: 2, failed: 2, skipped: 1 });
    expect(code).toBe(1);
  });

  it('counts a run without any test as failed', async () => {
    const { code, summary } = await runJest({ 'empty.test.js': '' });
    expect(summary).toMatchObject({ passed: 0 });
    expect(summary).not.toMatchObject({ failed: 0 });
    expect(code).toBe(1);
  });
});
