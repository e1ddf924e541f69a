import { describe, expect, it } from '@jest/globals';
import { follow } from '../../../src/cli/follow.ts';
import { formatStatus } from '../../../src/cli/format/status.ts';
import { MaskloopError } from '../../../src/contracts/error.ts';
import type { IterationView } from '../../../src/operations/describe-iteration.ts';
import type { PendingActivity } from '../../../src/operations/pending-activities.ts';
import { sampleReceipt } from '../operations/sample-receipt.ts';
import { fakeOperations, fakeTerminal, sampleView, troubledView } from './fake-context.ts';

/** Follows an iteration that looks one way after the other; an error is thrown instead of a look. */
async function followThrough(looks: readonly (IterationView | Error)[], json = false) {
  const interrupt = new AbortController();
  const terminal = fakeTerminal({ interrupted: interrupt.signal });
  const left = [...looks];
  const describeNext = async (): Promise<IterationView> => {
    const look = left.shift();
    if (left.length === 0) interrupt.abort();
    if (look === undefined) throw new Error('looked once too often');
    if ('state' in look) return look;
    throw look;
  };
  const operations = fakeOperations({ describe: describeNext });
  const code = await follow(terminal.context, operations, { id: 'SurgVU/Iteration_1', json });
  return { code, lines: terminal.stdout().trimEnd().split('\n'), stderr: terminal.stderr() };
}

function jobs(completed: number, attempt: number): PendingActivity {
  return {
    name: 'checkCompletion',
    attempt,
    startedAt: null,
    nextAttemptAt: `2026-03-01T10:0${attempt}:00.000Z`,
    lastFailure: { code: 'AnnotationPending', message: `${completed} of 8 jobs are completed`, facts: {} },
    heartbeat: null,
  };
}

const DONE = sampleView({ state: 'done', receipt: sampleReceipt(), endedAt: '2026-03-04T10:30:00.000Z' });

describe('follow', () => {
  it('prints each change once and ends with the receipt', async () => {
    const looks = [jobs(1, 1), jobs(1, 2), jobs(1, 3), jobs(2, 4)].map((job) => sampleView({ activities: [job] }));
    const { code, lines } = await followThrough([...looks, DONE, DONE]);
    expect(code).toBe(0);
    expect(lines.slice(0, 6)).toEqual([
      '08:00:12  convert: done in 12 s',
      '08:00:20  upload: done in 8 s',
      '08:00:20  wait: waits for people',
      '10:00:00  1 of 8 jobs are completed',
      '10:00:00  2 of 8 jobs are completed',
      '10:00:00  done',
    ]);
    expect(lines.join('\n')).toContain('held-out Dice');
  });

  it('stops at a decision with its reason, the choices and exit code 3', async () => {
    const { code, lines } = await followThrough([sampleView(), troubledView(), troubledView()]);
    expect(code).toBe(3);
    expect(lines.join('\n')).toMatch(/LabelMissing: .*\n.*what to do: .*\n.*maskloop retry SurgVU\/Iteration_1\n/);
  });

  it('gives what was there at the first look its own time, with the day where it is another one', async () => {
    const { status } = troubledView();
    if (status === null) throw new Error('the sample has a status');
    const steps = status.steps.map((step) => ({ ...step, endedAt: '2026-02-27T23:59:58.000Z' }));
    const outage = new MaskloopError('TemporalUnreachable', 'away');
    const { lines } = await followThrough([outage, sampleView({ status: { ...status, steps } }), DONE]);
    expect(lines[0]).toBe('10:00:00  Temporal does not answer; it is asked again');
    expect(lines[1]).toMatch(/^2026-02-27 23:59:58 {2}convert: done/);
    expect(lines).toContainEqual(expect.stringMatching(/^09:00:00 {2}LabelMissing: /));
  });

  it('says what a cancelled one was waiting for, and offers no choices', async () => {
    const { lines } = await followThrough([{ ...troubledView(), state: 'cancelled' }, DONE]);
    expect(lines.join('\n')).toContain('ended while waiting for: LabelMissing: ');
    expect(lines.join('\n')).not.toContain('maskloop retry');
  });

  it('waits an outage of Temporal out, and says so once', async () => {
    const outage = new MaskloopError('TemporalUnreachable', 'away');
    const { code, lines } = await followThrough([sampleView(), outage, outage, DONE, DONE]);
    expect(code).toBe(0);
    expect(lines.filter((line) => line.includes('Temporal does not answer'))).toHaveLength(1);
  });

  it('does not take the receipt of an older run for the end while Temporal is away', async () => {
    const away: IterationView = { ...DONE, away: 'temporal' };
    const { code, lines } = await followThrough([away, sampleView(), troubledView(), DONE]);
    expect([code, lines[0]]).toEqual([3, '10:00:00  Temporal does not answer; it is asked again']);
    expect(lines.join('\n')).not.toContain('held-out Dice');
  });

  it('leaves the iteration running when it is interrupted, and says so', async () => {
    const { code, stderr } = await followThrough([sampleView()]);
    expect(code).toBe(0);
    expect(stderr).toContain('goes on');
  });

  it('ends with 1 when the run was cancelled', async () => {
    const { code, stderr } = await followThrough([sampleView({ state: 'cancelled' }), DONE]);
    expect(code).toBe(1);
    expect(stderr).toContain('cancelled');
  });

  it('prints one line of JSON a change with --json', async () => {
    const { code, lines, stderr } = await followThrough([sampleView(), sampleView(), DONE, DONE], true);
    expect(code).toBe(0);
    const documents = lines.map((line) => JSON.parse(line) as { state: string; receipt: unknown });
    expect(documents.map(({ state }) => state)).toEqual(['running', 'done']);
    expect(documents[1]?.receipt).toEqual(sampleReceipt());
    expect(stderr).toBe('');
  });

  it('passes other failures on', async () => {
    const broken = new MaskloopError('ArtifactCorrupt', 'broken');
    await expect(followThrough([broken, DONE])).rejects.toMatchObject({ code: 'ArtifactCorrupt' });
  });
});

describe('the status of a finished iteration', () => {
  it('says that it is the receipt alone while Temporal is away', () => {
    const now = new Date('2026-03-04T11:00:00.000Z');
    expect(formatStatus({ ...DONE, away: 'temporal' }, now)).toMatch(
      /^Temporal +does not answer; this is the receipt/m,
    );
    expect(formatStatus(DONE, now)).not.toContain('Temporal');
  });
});
