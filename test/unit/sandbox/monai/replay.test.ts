import { expect, it } from '@jest/globals';
import { readExchanges } from '../../../recordings/exchange.ts';
import { MONAI_KIND } from '../../../recordings/monai/monai-kind.ts';
import { play } from '../../../recordings/play.ts';
import { reportOf } from '../../../recordings/report.ts';

it('the stand-in of MONAI Label answers a recorded server’s requests as that did, in 95 of 100 cases', async () => {
  const played = await play(MONAI_KIND, readExchanges(MONAI_KIND.recording));
  const report = reportOf(played, MONAI_KIND.exceptions);
  process.stdout.write(
    `${MONAI_KIND.recording}: ${report.played} cases played, ${report.equal} equal, ${report.excepted} excepted; ` +
      `${report.equalExchanges} of ${report.exchanges} exchanges equal\n`,
  );
  expect(report.different).toEqual([]);
  expect(report.unneeded).toEqual([]);
  expect(report.equal / report.played).toBeGreaterThanOrEqual(0.95);
}, 400_000);
