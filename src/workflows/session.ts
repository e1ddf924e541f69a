import {
  ApplicationFailure,
  allHandlersFinished,
  condition,
  getExternalWorkflowHandle,
  isCancellation,
  makeContinueAsNewFunc,
  setHandler,
  upsertSearchAttributes,
  workflowInfo,
} from '@temporalio/workflow';
import { firstStepOf } from '../contracts/first-step.ts';
import { FAILURES, type FailureCode } from '../contracts/failures.ts';
import { SKIPPABLE_STEPS, type IterationInput, type IterationState, type StepName } from '../contracts/iteration.ts';
import {
  pauseSignal,
  resumeSignal,
  retryUpdate,
  sealUpdate,
  skipUpdate,
  statusQuery,
  wakeSignal,
  type Sender,
} from '../contracts/messages.ts';
import { releaseTurnSignal, turnSignal, type Trainee } from '../contracts/training-turns.ts';
import { OVERDUE, SEARCH_ATTRIBUTES } from '../contracts/search-attributes.ts';
import { worked } from './away.ts';
import { decide, giveTurn, openState } from './state.ts';
import { statusOf } from './status.ts';
import { takenDetail } from './gate-state.ts';
import { isOverdue } from './wait-state.ts';
import { whereItIs } from './where-it-is.ts';

/** A run that is longer goes on as a new one, so that no history grows past 500 events. */
const LONG_HISTORY_EVENTS = 400;

/** The registered workflow as the session continues it: its input and what it hands over. */
type Continue = (input: IterationInput, carried: IterationState) => Promise<unknown>;

/** What a message is refused with. */
export function refusal(code: FailureCode, message: string): ApplicationFailure {
  return ApplicationFailure.nonRetryable(message, code, { action: FAILURES[code].action });
}

/** Who sent a message. Temporal's own tools send what a person types, which may be nothing. */
export function nameOf(sender: { readonly by?: unknown } | undefined | null): string {
  return typeof sender?.by === 'string' && sender.by !== '' ? sender.by : 'unknown';
}

/** Gives a turn to train back, or the place among those that wait. Whoever gave it may have ended: then nobody waits. */
export async function giveTurnBack(turns: string, { id, firstRunId }: Trainee): Promise<void> {
  try {
    await getExternalWorkflowHandle(turns).signal(releaseTurnSignal, { id, firstRunId });
  } catch (error) {
    if (isCancellation(error)) throw error;
  }
}

/** One run of an iteration: its state, the messages that reach it, and the index that `list` reads. */
export class Session {
  readonly id = workflowInfo().workflowId;
  readonly firstRunId = workflowInfo().firstExecutionRunId;
  /** Who started the iteration, for what was decided with its start. */
  readonly startedBy = nameOf({ by: workflowInfo().memo?.['by'] });
  readonly input: IterationInput;
  woken = false;
  /** True while the quiet period runs, which {@link sealNow} ends. */
  awaitsQuiet = false;
  sealNow = false;
  decision: 'retry' | 'skip' | null = null;
  /** True while a turn to train is asked for; one that comes later is given back. */
  wantsTurn = false;
  /** Comes back when CVAT accepts a login that it had refused; null where nobody watches that. */
  awaitLogin: (() => Promise<void>) | null = null;
  /** Leaves the trainer to others as it should be, as soon as it can; what comes back ends the trying. Called where the iteration stops for a person. */
  standBack: (() => Promise<() => Promise<void>>) | null = null;
  /** Hears of each change of the state; null where nobody is told of anything. */
  onChange: ((before: IterationState, after: IterationState) => void) | null = null;
  /** Comes back when what is under way beside the steps has ended; called before a run ends. */
  beforeEnd: (() => Promise<void>) | null = null;
  #state: IterationState;
  #indexed = '';

  constructor(input: IterationInput, carried: IterationState | undefined) {
    this.input = input;
    this.#state = carried ?? openState(this.now(), firstStepOf(input));
    this.#handleMessages();
    this.#index();
  }

  get state(): IterationState {
    return this.#state;
  }

  now(): string {
    return new Date().toISOString();
  }

  /** Replaces the state and brings the search attributes up to date. */
  update(change: (state: IterationState, now: string) => IterationState): void {
    const before = this.#state;
    this.#state = change(before, this.now());
    this.#index();
    this.onChange?.(before, this.#state);
  }

  /** Hears of every activity of the steps that has worked: what failed for a server that was away tells that it is back. */
  heard(activity: string): void {
    if (this.#state.away !== undefined) this.update((state, now) => worked(state, activity, now));
  }

  /** True if no more work should be begun before {@link continueIfLong}. */
  get historyIsLong(): boolean {
    return workflowInfo().historyLength >= LONG_HISTORY_EVENTS;
  }

  /** Ends this run and goes on in a new one if the history has become long. Call only between activities. */
  async continueIfLong(): Promise<void> {
    if (!this.historyIsLong) return;
    await condition(allHandlersFinished);
    await this.beforeEnd?.();
    await makeContinueAsNewFunc<Continue>()(this.input, this.#state);
  }

  #handleMessages(): void {
    setHandler(statusQuery, () => statusOf(this.id, this.input, this.#state));
    for (const [signal, what] of [
      [pauseSignal, 'pause'],
      [resumeSignal, 'resume'],
    ] as const) {
      setHandler(signal, (sender) => {
        // Nothing of a cancelled iteration is left that could be paused.
        if (this.#state.cancelled === undefined) this.update((state, now) => decide(state, what, nameOf(sender), now));
      });
    }
    setHandler(turnSignal, async ({ turns, firstRunId }) => {
      if (firstRunId !== this.firstRunId) return;
      if (this.wantsTurn) this.update((state) => giveTurn(state, turns));
      else if (this.#state.turn === undefined) await giveTurnBack(turns, this);
    });
    setHandler(wakeSignal, () => {
      this.woken = true;
    });
    setHandler(retryUpdate, (sender) => this.#decide('retry', nameOf(sender)), {
      validator: (_: Sender) => this.#requireTrouble(),
    });
    setHandler(sealUpdate, (sender) => this.#seal(nameOf(sender)), {
      validator: (_: Sender) => this.#requireQuiet(),
    });
    setHandler(skipUpdate, (sender) => this.#decide('skip', nameOf(sender)), {
      validator: (_: Sender) => this.#requireSkippable(),
    });
  }

  /** True once a person wants the training to begin outside its window. */
  get trainsNow(): boolean {
    return this.#state.decisions.some(({ what }) => what === 'train now');
  }

  #decide(what: 'retry' | 'skip', by: string): void {
    if (this.#state.waitingFor === 'window') {
      this.update((state, now) => decide(state, 'train now', by, now));
      return;
    }
    this.decision = what;
    this.update((state, now) => decide(state, what, by, now, takenDetail(what, state.trouble)));
  }

  #seal(by: string): void {
    this.sealNow = true;
    this.update((state, now) => decide(state, 'seal', by, now));
  }

  #requireQuiet(): void {
    if (this.awaitsQuiet && !this.sealNow && !this.#state.paused) return;
    throw refusal('NothingToSeal', `${this.id} does not wait to be sealed; ${whereItIs(this.#state)}.`);
  }

  #requireTrouble(): void {
    const { waitingFor, cancelled } = this.#state;
    const mayBeAnswered =
      waitingFor === 'server' || (cancelled === undefined && (waitingFor === 'decision' || waitingFor === 'window'));
    if (this.decision !== null || !mayBeAnswered) {
      throw refusal('NothingToDecide', `${this.id} does not wait for a decision; ${whereItIs(this.#state)}.`);
    }
  }

  #requireSkippable(): void {
    this.#requireTrouble();
    const skippable: readonly (StepName | 'done')[] = SKIPPABLE_STEPS;
    if (this.#state.waitingFor !== 'decision' || !skippable.includes(this.#state.step)) {
      throw refusal(
        'NotSkippable',
        `Step ${this.#state.step} of ${this.id} cannot be skipped now: ${whereItIs(this.#state)}.`,
      );
    }
  }

  #index(): void {
    const { step, waitingFor, since, results } = this.#state;
    const taskId = results.task?.taskId;
    const key = `${step} ${waitingFor} ${since} ${taskId}`;
    if (key === this.#indexed) return;
    this.#indexed = key;
    const hearsPeople = waitingFor === 'decision' && isOverdue(this.#state);
    upsertSearchAttributes([
      { key: SEARCH_ATTRIBUTES.step, value: step },
      { key: SEARCH_ATTRIBUTES.waitingFor, value: hearsPeople ? OVERDUE : waitingFor },
      { key: SEARCH_ATTRIBUTES.since, value: new Date(since) },
      ...(taskId === undefined ? [] : [{ key: SEARCH_ATTRIBUTES.taskId, value: taskId }]),
    ]);
  }
}
