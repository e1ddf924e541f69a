import {
  allHandlersFinished,
  condition,
  getExternalWorkflowHandle,
  makeContinueAsNewFunc,
  upsertSearchAttributes,
  workflowInfo,
} from '@temporalio/workflow';
import type { LoopInput, LoopState, LoopStatus } from '../../contracts/loop.ts';
import type { ScheduledOutcome } from '../../contracts/schedule.ts';
import { askedSignal } from '../../contracts/schedule-messages.ts';
import { SEARCH_ATTRIBUTES } from '../../contracts/search-attributes.ts';
import { choicesOf, openLoop } from './loop-state.ts';

/** A run that is longer goes on as a new one, so that no history grows past 500 events. */
const LONG_HISTORY_EVENTS = 400;

/** The registered workflow as the session continues it. */
type Continue = (input: LoopInput, carried: LoopState) => Promise<unknown>;

/** What came of a wish that is no longer there. */
function outcomeOf({ phase, iteration, rests, end }: LoopState): ScheduledOutcome {
  if (phase === 'iterating') return { outcome: 'begun', why: `${iteration ?? 'an iteration'} has begun` };
  return { outcome: 'skipped', why: rests ?? end?.words ?? 'the loop ends' };
}

/** One run of a loop: its state, and the index that `loop list` reads. */
export class LoopSession {
  readonly id = workflowInfo().workflowId;
  readonly input: LoopInput;
  /** Ended iterations of this run; it goes on as a new one after the first. */
  hasEndedOne = false;
  /** Set by an answer that shortens the wait for a server. */
  retryNow = false;
  /** Outages in a row. */
  outages = 0;
  /** The iteration that this run has started, until it has ended; null where another run has started it. */
  child: { hasEnded: boolean } | null = null;
  #state: LoopState;
  #indexed = '';
  #indexes = false;
  readonly #replies: Promise<void>[] = [];

  constructor(input: LoopInput, carried: LoopState | undefined) {
    this.input = input;
    this.#state = carried ?? openLoop(input.policy, this.now());
    this.#index();
  }

  get state(): LoopState {
    return this.#state;
  }

  get status(): LoopStatus {
    const { name, connection, project } = this.input;
    return { ...this.#state, id: this.id, name, connection, project, choices: choicesOf(this.#state) };
  }

  now(): string {
    return new Date().toISOString();
  }

  /** Replaces the state and brings the search attributes up to date. */
  update(change: (state: LoopState, now: string) => LoopState): void {
    const { begin } = this.#state;
    this.#state = change(this.#state, this.now());
    this.#indexSoon();
    if (begin !== null && this.#state.begin === null) this.reply(begin.reply, outcomeOf(this.#state));
  }

  /** Tells whoever has asked for an iteration what came of it; nobody may wait for that any more. */
  reply(to: string | null, outcome: ScheduledOutcome): void {
    if (to === null) return;
    const sent = getExternalWorkflowHandle(to).signal(askedSignal, outcome);
    this.#replies.push(sent.catch(() => undefined));
  }

  /** Waits until all messages are answered: what ends a run before would lose them. */
  async settleMessages(): Promise<void> {
    let answered = -1;
    // More may come while these are waited for.
    while (!allHandlersFinished() || answered < this.#replies.length) {
      await condition(allHandlersFinished);
      answered = this.#replies.length;
      await Promise.all(this.#replies);
    }
  }

  get historyIsLong(): boolean {
    return workflowInfo().historyLength >= LONG_HISTORY_EVENTS;
  }

  /** Waits until it holds, or the history has become long, or the time is over. Its caller looks at the state again. */
  async until(holds: () => boolean, timeoutMs?: number): Promise<void> {
    const isOver = (): boolean => holds() || this.historyIsLong;
    if (timeoutMs === undefined) await condition(isOver);
    else await condition(isOver, timeoutMs);
  }

  /** Ends this run and goes on in a new one after each iteration, and where messages have made the history long. */
  async continueIfDue(): Promise<void> {
    if (!this.historyIsLong && !this.hasEndedOne) return;
    await this.settleMessages();
    await makeContinueAsNewFunc<Continue>()(this.input, this.#state);
  }

  /** Once for all messages that have come together: each upsert is an event. */
  #indexSoon(): void {
    if (this.#indexes) return;
    this.#indexes = true;
    void this.#indexAfterwards();
  }

  async #indexAfterwards(): Promise<void> {
    await Promise.resolve();
    this.#indexes = false;
    this.#index();
  }

  #index(): void {
    const { phase, paused, since, trouble } = this.#state;
    const waitingFor =
      phase === 'asking'
        ? 'decision'
        : paused
          ? 'resume'
          : trouble !== null
            ? 'server'
            : phase === 'stopped'
              ? 'nothing'
              : 'machine';
    const key = `${phase} ${waitingFor} ${since}`;
    if (key === this.#indexed) return;
    this.#indexed = key;
    upsertSearchAttributes([
      { key: SEARCH_ATTRIBUTES.step, value: phase },
      { key: SEARCH_ATTRIBUTES.waitingFor, value: waitingFor },
      { key: SEARCH_ATTRIBUTES.since, value: new Date(since) },
    ]);
  }
}
