import type { Exchange } from './exchange.ts';
import type { Played } from './play.ts';
import type { Exception } from './server-kind.ts';

/** What a replay came to: numbers of cases, and the cases that differ. */
export interface Report {
  readonly played: number;
  readonly equal: number;
  readonly excepted: number;
  readonly exchanges: number;
  readonly equalExchanges: number;
  readonly different: readonly { readonly name: string; readonly differences: readonly string[] }[];
  /** Exceptions that nothing needed. */
  readonly unneeded: readonly string[];
}

/**
 * Counts cases. A case is equal if all its answers were, up to excepted requests; it is excepted if it had differences
 * and all of them are excepted as a whole.
 */
export function reportOf(played: readonly Played[], exceptions: readonly Exception[]): Report {
  const names = [...new Set(played.map(({ exchange }) => exchange.case))];
  const needed = new Set<Exception>();
  const different: { name: string; differences: readonly string[] }[] = [];
  let excepted = 0;
  for (const name of names) {
    const own = played.filter(({ exchange }) => exchange.case === name);
    const wrong = own.filter(({ differences }) => differences.length > 0);
    const open = wrong.filter(({ exchange }) => {
      const exception = exceptions.find((one) => fits(one, exchange));
      if (exception !== undefined) needed.add(exception);
      return exception === undefined;
    });
    if (open.length > 0) different.push({ name, differences: open.map(describe) });
    else if (wrong.length > 0) excepted += 1;
  }
  return {
    played: names.length,
    equal: names.length - excepted - different.length,
    excepted,
    exchanges: played.length,
    equalExchanges: played.filter(({ differences }) => differences.length === 0).length,
    different,
    unneeded: exceptions.filter((one) => !needed.has(one)).map((one) => String(one.cases)),
  };
}

/** One line of figures. */
export function summaryOf(recording: string, report: Report): string {
  const { played, equal, excepted, different, exchanges, equalExchanges } = report;
  const share = ((100 * equal) / Math.max(1, played)).toFixed(1);
  return (
    `${recording}: ${played} cases played, ${equal} equal (${share} %), ${excepted} excepted, ` +
    `${different.length} different; ${equalExchanges} of ${exchanges} exchanges equal`
  );
}

export function isExcepted({ exchange }: Played, exceptions: readonly Exception[]): boolean {
  return exceptions.some((one) => fits(one, exchange));
}

function fits(exception: Exception, exchange: Exchange): boolean {
  const request = `${exchange.method} ${exchange.path}`;
  return exception.cases.test(exchange.case) && (exception.requests?.test(request) ?? true);
}

const MOST_DIFFERENCES = 12;

export function describe({ exchange, differences }: Played): string {
  const more = differences.length - MOST_DIFFERENCES;
  const rest = more > 0 ? [`… and ${more} more`] : [];
  const shown = [...differences.slice(0, MOST_DIFFERENCES), ...rest];
  return `${exchange.method} ${exchange.path}\n    ${shown.join('\n    ')}`;
}
