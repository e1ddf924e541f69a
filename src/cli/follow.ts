import { isMaskloopError } from '../contracts/error.ts';
import type { IterationView } from '../operations/describe-iteration.ts';
import type { Operations } from '../operations/operations.ts';
import { note } from './command.ts';
import type { CliContext } from './context.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { followLines, newLines, type Change } from './format/changes.ts';
import { formatReceipt } from './format/receipt.ts';
import { formatClock, formatMoment } from './format/time.ts';

/** Time between two looks, in milliseconds. */
const LOOK_MS = 1500;

const TEMPORAL_AWAY = 'Temporal does not answer; it is asked again';

/**
 * Follows an iteration and prints each change once: to its receipt (0), to a decision that a person has to take (3), or
 * to an end without receipt (1). Interrupting it leaves the iteration running. With `json`, one line a change.
 */
export async function follow(
  context: CliContext,
  operations: Operations,
  { id, json }: { id: string; json: boolean },
): Promise<ExitCode> {
  const print = json ? printView : printChanges;
  let before: readonly Change[] = [];
  let seen = false;
  while (!context.interrupted.aborted) {
    const look = await lookAt(operations, id);
    const lines = typeof look === 'string' ? [{ text: look, since: null }] : followLines(look, context.now());
    const news = newLines(lines, before);
    // What is there at the first look happened before it; what comes later is seen within a look of its happening.
    if (news.length > 0) print(context, look, seen ? news.map(({ text }) => ({ text, since: null })) : news);
    before = lines;
    seen ||= typeof look !== 'string';
    const end = typeof look === 'string' ? null : endOf(look);
    if (end !== null) {
      if (!json && typeof look !== 'string') printEnd(context, look);
      return end;
    }
    await context.sleep(LOOK_MS, context.interrupted);
  }
  if (!json) note(context, `stopped watching; ${id} goes on. Watch it again with: maskloop watch ${id}`);
  return EXIT.done;
}

/** The view, or why there is none at the moment: an outage of Temporal is waited out. */
async function lookAt(operations: Operations, id: string): Promise<IterationView | string> {
  try {
    const view = await operations.describe(id);
    // An older run has a receipt; how the present one ends is not known before Temporal is back.
    return view.away === undefined ? view : TEMPORAL_AWAY;
  } catch (error) {
    if (isMaskloopError(error, 'ServerUnreachable')) return 'The server does not answer; it is asked again';
    if (isMaskloopError(error, 'TemporalUnreachable')) return TEMPORAL_AWAY;
    throw error;
  }
}

function endOf(view: IterationView): ExitCode | null {
  if (view.state === 'done') return EXIT.done;
  if (view.state !== 'running') return EXIT.failed;
  return view.status?.waitingFor === 'decision' ? EXIT.attention : null;
}

function printChanges(context: CliContext, _look: unknown, news: readonly Change[]): void {
  const now = context.now();
  for (const { text, since } of news) {
    context.stdout.write(`${since === null ? formatClock(now) : formatMoment(since, now)}  ${text}\n`);
  }
}

function printView(context: CliContext, look: IterationView | string): void {
  const at = context.now().toISOString();
  const line = typeof look === 'string' ? { at, problem: look } : { at, ...look };
  context.stdout.write(`${JSON.stringify(line)}\n`);
}

function printEnd(context: CliContext, view: IterationView): void {
  if (view.receipt !== null) context.stdout.write(`\n${formatReceipt(view.receipt)}`);
  else if (view.state === 'done') note(context, `${view.id} is finished, but the store holds no receipt of it.`);
  else if (view.state !== 'running') note(context, `${view.id} was ended: ${view.state}.`);
}
