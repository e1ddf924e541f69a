import cliProgress from 'cli-progress';
import type { CliContext } from './context.ts';

/** Where nobody watches, at most one line in this time, in milliseconds. */
const LINE_INTERVAL_MS = 2000;

export interface ProgressReport {
  readonly update: (progress: { readonly done: number; readonly total: number }) => void;
  /** Takes the bar away or ends its line; nothing is written afterwards. */
  readonly end: () => void;
}

/** Shows on stderr how far something is: a bar on a terminal, now and then a line elsewhere, nothing when `quiet`. */
export function reportProgress(context: CliContext, what: string, quiet: boolean): ProgressReport {
  if (quiet) return { update: () => undefined, end: () => undefined };
  return context.stderr.isTTY ? bar(what) : lines(context, what);
}

function bar(what: string): ProgressReport {
  const shown = new cliProgress.SingleBar({
    format: `${what} {bar} {value}/{total}`,
    stream: process.stderr,
    clearOnComplete: true,
    hideCursor: true,
    // The terminal's own handling of Ctrl-C stays: the command cleans up and ends the bar.
    gracefulExit: false,
  });
  let started = false;
  return {
    update: ({ done, total }) => {
      if (started) shown.update(done);
      else shown.start(total, done);
      started = true;
    },
    end: () => shown.stop(),
  };
}

function lines(context: CliContext, what: string): ProgressReport {
  let next = context.now().getTime() + LINE_INTERVAL_MS;
  return {
    update: ({ done, total }) => {
      const now = context.now().getTime();
      if (now < next) return;
      next = now + LINE_INTERVAL_MS;
      context.stderr.write(`${what}: ${done}/${total}\n`);
    },
    end: () => undefined,
  };
}
