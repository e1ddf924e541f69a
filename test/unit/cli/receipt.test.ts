import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { runCli } from '../../../src/cli/run-cli.ts';
import type { Verification } from '../../../src/receipts/verify/verification.ts';
import { fakeTerminal } from './fake-context.ts';

const SOUND: Verification = {
  id: 'SurgVU/Iteration_1',
  sha256: 'ab'.repeat(32),
  sound: true,
  artifacts: [{ at: 'results.labels.manifest.frames[].label', count: 5, bytes: 1234 }],
  folders: [{ at: 'input.masks', uri: 'file:///masks', files: 5 }],
  trainingSet: { version: 3, sound: 3 },
  recounted: [{ what: 'mean Dice', stated: '0.9', counted: '0.9' }],
  chain: { number: 3, sound: 3 },
  absent: [{ at: 'input.images', uri: 'file:///images', why: 'gone' }],
  failures: [],
};

describe('receipt --verify', () => {
  it('asks the store alone, and lists what was read, counted and not there', async () => {
    const { context, stdout } = fakeTerminal({
      verifyReceipt: async ({ given }) => ({ ...SOUND, id: given ?? '' }),
      connect: async () => {
        throw new Error('Temporal is not needed');
      },
    });
    expect(await runCli(['receipt', 'SurgVU/Iteration_1', '--verify'], context)).toBe(0);
    expect(stdout()).toMatch(/chain +number 3; 3 of 3 receipts sound/);
    expect(stdout()).toMatch(/results\.labels\.manifest\.frames\[\]\.label +5 +1\.2 kB/);
    expect(stdout()).toMatch(/input\.images +no longer in place/);
    expect(stdout()).toMatch(/5 artifacts read, 1 not there; nothing failed\n$/);
  });

  it('ends with 1 and the failing items', async () => {
    const failures = [{ at: 'results.seal.artifact', problem: 'it has another hash' }];
    const verifyReceipt = async (): Promise<Verification> => ({ ...SOUND, sound: false, failures });
    const text = fakeTerminal({ verifyReceipt });
    expect(await runCli(['receipt', '--verify'], text.context)).toBe(1);
    expect(text.stdout()).toMatch(/failed\n +results\.seal\.artifact +it has another hash/);
    const json = fakeTerminal({ verifyReceipt });
    expect(await runCli(['receipt', '--verify', '--json'], json.context)).toBe(1);
    expect(JSON.parse(json.stdout())).toMatchObject({ sound: false, failures });
  });
});

describe('receipt --html', () => {
  const receiptPage = async (): Promise<string> => '<!doctype html>';

  it('writes the page into a file or to a pipe, and never to a terminal', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'maskloop-page-'));
    const file = fakeTerminal({ receiptPage });
    expect(await runCli(['receipt', '--html', '--out', join(dir, 'page.html')], file.context)).toBe(0);
    expect(await readFile(join(dir, 'page.html'), 'utf8')).toBe('<!doctype html>');
    await rm(dir, { recursive: true });
    const pipe = fakeTerminal({ receiptPage });
    expect(await runCli(['receipt', '--html'], pipe.context)).toBe(0);
    expect(pipe.stdout()).toBe('<!doctype html>');
    const stdout = { ...pipe.context.stdout, isTTY: true };
    expect(await runCli(['receipt', '--html'], fakeTerminal({ receiptPage, stdout }).context)).toBe(2);
  });

  it('goes with no other form, and --out with no other', async () => {
    expect(await runCli(['receipt', '--html', '--verify'], fakeTerminal().context)).toBe(2);
    expect(await runCli(['receipt', '--out', 'page.html'], fakeTerminal().context)).toBe(2);
    const nowhere = fakeTerminal({ receiptPage });
    expect(await runCli(['receipt', '--html', '--out', '/dev/null/page.html'], nowhere.context)).toBe(1);
    expect(nowhere.stderr()).toContain('OutputNotWritable');
  });
});
