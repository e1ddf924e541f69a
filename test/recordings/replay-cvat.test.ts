import { afterAll, describe, expect, test } from '@jest/globals';
import { readExchanges } from './exchange.ts';
import { kindOf } from './kinds.ts';
import { play } from './play.ts';
import { reportOf, summaryOf, type Report } from './report.ts';

/** Of the cases that are played. */
const MIN_EQUAL = 0.95;

const reports = new Map<string, Report>();

describe.each(['cvat-2.54.1', 'cvat-2.73.0'])('the recording %s', (recording) => {
  test('is answered by the stand-in as by the real server, but for what is excepted with a reason', async () => {
    const kind = kindOf(recording);
    const report = reportOf(await play(kind, readExchanges(kind.recording)), kind.exceptions);
    reports.set(recording, report);
    expect(report.different.map(({ name, differences }) => ({ name, differences: differences.slice(0, 2) }))).toEqual(
      [],
    );
    expect(report.equal / report.played).toBeGreaterThanOrEqual(MIN_EQUAL);
  }, 240_000);

  test('needs every exception that is made for it', () => {
    expect(reports.get(recording)?.unneeded).toEqual([]);
  });
});

afterAll(() => {
  for (const [recording, report] of reports) process.stdout.write(`${summaryOf(recording, report)}\n`);
});
