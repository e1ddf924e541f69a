/**
 * Plays a recording of a real server to its stand-in and prints where the answers differ.
 *
 *     npx tsx scripts/replay-recording.ts cvat-2.73.0                      all cases: figures and the names of those that differ
 *     npx tsx scripts/replay-recording.ts cvat-2.73.0 8-webhook-create     the differences of one case
 *     npx tsx scripts/replay-recording.ts cvat-2.54.1 'm05-*' m06-create   … of several; `*` stands for any text
 *     npx tsx scripts/replay-recording.ts cvat-2.73.0 --list               the names of all cases
 *     npx tsx scripts/replay-recording.ts cvat-2.73.0 --all                the differences of all cases
 *     npx tsx scripts/replay-recording.ts cvat-2.73.0 --show 8-webhook-create   what was recorded
 *
 * Recordings are `cvat-2.54.1`, `cvat-2.73.0` and `monai-label-0.8.5`. The cases before the ones that are named are
 * played as well, since they make what later ones use; their differences are not printed. What is excepted
 * (`test/recordings/…-exceptions.ts`) is printed with an `(excepted)`.
 */
import { readExchanges } from '../test/recordings/exchange.ts';
import { play } from '../test/recordings/play.ts';
import { describe, isExcepted, reportOf, summaryOf } from '../test/recordings/report.ts';
import { kindOf } from '../test/recordings/kinds.ts';

const [recording = '', ...wishes] = process.argv.slice(2);
const kind = kindOf(recording);
const exchanges = readExchanges(kind.recording);
const patterns = wishes.filter((wish) => !wish.startsWith('--')).map(globPattern);
const names = [...new Set(exchanges.map((exchange) => exchange.case))];
const wished = names.filter((name) => patterns.some((pattern) => pattern.test(name)));

if (patterns.length > 0 && wished.length === 0) {
  console.error(`No case of ${recording} is called ${wishes.join(', ')}; --list names them all.`);
  process.exitCode = 1;
} else if (wishes.includes('--list')) console.log(names.join('\n'));
else if (wishes.includes('--show')) {
  for (const exchange of exchanges) if (wished.includes(exchange.case)) console.log(JSON.stringify(exchange, null, 1));
} else await print();

async function print(): Promise<void> {
  const last = names.findLast((name) => wished.includes(name));
  const played = await play(kind, exchanges, last);
  const isPrinted = (name: string): boolean => wishes.includes('--all') || wished.includes(name);
  for (const one of played) {
    if (one.differences.length === 0 || !isPrinted(one.exchange.case)) continue;
    const mark = isExcepted(one, kind.exceptions) ? ' (excepted)' : '';
    console.log(`${one.exchange.case}${mark}: ${describe(one)}`);
  }
  const shown = wished.length === 0 ? played : played.filter(({ exchange }) => wished.includes(exchange.case));
  const report = reportOf(shown, kind.exceptions);
  if (wished.length === 0) {
    console.log(`Different: ${report.different.map(({ name }) => name).join(' ')}`);
    console.log(`Exceptions that nothing needs: ${report.unneeded.join(' ') || 'none'}`);
  }
  console.log(summaryOf(recording, report));
}

function globPattern(glob: string): RegExp {
  return new RegExp(
    `^${glob
      .split('*')
      .map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&'))
      .join('.*')}$`,
  );
}
