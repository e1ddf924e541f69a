import { describe, it } from '@jest/globals';
import { findChromium } from './find-chromium.ts';

/**
 * A suite that needs a browser. Where there is no Chromium, a developer is told so and the suite is left out; where CI is set it fails.
 */
export function describeInBrowser(title: string, suite: () => void): void {
  if (findChromium(process.env) !== null) {
    describe(title, suite);
    return;
  }
  const why = 'no Chromium: install it, or name it in MASKLOOP_CHROMIUM';
  if (process.env['CI'] === undefined) {
    process.stderr.write(`\nLeft out "${title}": ${why}.\n`);
    // oxlint-disable-next-line jest/no-disabled-tests -- said above, and never in CI
    describe.skip(title, suite);
    return;
  }
  describe(title, () => {
    it('has a browser to run in', () => {
      throw new Error(why);
    });
  });
}
