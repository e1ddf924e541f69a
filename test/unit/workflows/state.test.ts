import { describe, expect, it } from '@jest/globals';
import { STEPS, SKIPPABLE_STEPS, type IterationInput, type IterationState } from '../../../src/contracts/iteration.ts';
import type { StepFailure } from '../../../src/workflows/failure-of.ts';
import { meetTrouble, serverIsBack, worked } from '../../../src/workflows/away.ts';
import {
  assembled,
  beginTry,
  decide,
  enter,
  isSettled,
  keep,
  openState,
  planned,
  reopen,
  settle,
  shardFinished,
  forgetMasks,
  waitFor,
} from '../../../src/workflows/state.ts';
import { statusOf } from '../../../src/workflows/status.ts';
import { ARTIFACT, DATASET } from '../../kit/fake-activities.ts';
import { iterationInput } from '../../kit/iteration-input.ts';

const T0 = '2026-01-01T00:00:00.000Z';
const T1 = '2026-01-01T00:01:00.000Z';
const T2 = '2026-01-01T00:02:00.000Z';
const T3 = '2026-01-01T00:03:00.000Z';
const input: IterationInput = iterationInput();

function failure(code: StepFailure['code'], handling: StepFailure['handling'], activity = 'submitLabels'): StepFailure {
  return { code, handling, message: 'what happened', action: 'what to do', facts: { task: 7 }, activity };
}

describe('the state of an iteration', () => {
  it('begins at convert, waiting for a machine', () => {
    expect(openState(T0)).toMatchObject({
      step: 'convert',
      waitingFor: 'machine',
      since: T0,
      startedAt: T0,
      steps: [],
    });
  });

  it('starts the clock anew at another step and keeps it at the same', () => {
    const moved = enter(openState(T0), 'upload', T1);
    expect(moved).toMatchObject({ step: 'upload', since: T1, stepStartedAt: T1 });
    expect(enter(moved, 'upload', T2)).toBe(moved);
  });

  it('moves "since" only if something new is waited for', () => {
    const waiting = waitFor(enter(openState(T0), 'wait', T1), 'people', T1);
    expect(waitFor(waiting, 'people', T2)).toBe(waiting);
    expect(waitFor(waiting, 'resume', T2).since).toBe(T2);
  });

  it('asks a person about what a person can mend, and waits for a server otherwise', () => {
    const asked = meetTrouble(openState(T0), failure('CvatLoginRefused', 'attention'), T1);
    expect(asked).toMatchObject({ waitingFor: 'decision', trouble: { code: 'CvatLoginRefused', since: T1 } });
    expect(meetTrouble(openState(T0), failure('CvatUnreachable', 'outage'), T1).waitingFor).toBe('server');
    expect(meetTrouble(openState(T0), failure('TrainingBusy', 'pending'), T1).waitingFor).toBe('server');
  });

  it('keeps the beginning of an outage that goes on', () => {
    const away = meetTrouble(openState(T0), failure('CvatUnreachable', 'outage'), T1);
    const tried = beginTry(away, T2);
    expect(tried).toBe(away);
    expect(meetTrouble(tried, failure('CvatUnreachable', 'outage'), T2).trouble?.since).toBe(T1);
    expect(serverIsBack(tried, T2)).toMatchObject({ waitingFor: 'machine', trouble: null, since: T2 });
  });

  it('goes on waiting for a server until what had failed for it has worked', () => {
    const away = meetTrouble(openState(T0), failure('MonaiUnreachable', 'outage', 'submitLabels'), T1);
    expect(keep(away, {}, T2)).toMatchObject({ waitingFor: 'server', since: T1, trouble: { since: T1 } });
    expect(worked(away, 'submitCorrections', T2)).toBe(away);
    expect(worked(away, 'submitLabels', T2)).toMatchObject({ waitingFor: 'machine', trouble: null, since: T2 });
    expect(worked(away, 'submitLabels', T2)).not.toHaveProperty('away');
  });

  it('goes on, in a run that began before, as soon as anything of the step works', () => {
    const { away: _, ...old } = meetTrouble(openState(T0), failure('MonaiUnreachable', 'outage'), T1);
    expect(keep(old, {}, T2)).toMatchObject({ waitingFor: 'machine', trouble: null });
  });

  it.each([
    ['is held', (state: IterationState) => meetTrouble(state, failure('OnHold', 'outage'), T2)],
    ['is paused', (state: IterationState) => beginTry(waitFor(state, 'resume', T2), T2)],
    ['waits for its turn', (state: IterationState) => waitFor(waitFor(state, 'turn', T2), 'machine', T2)],
    ['meets a lost worker', (state: IterationState) => meetTrouble(state, failure('WorkerStopped', 'outage'), T2)],
  ])('keeps the beginning of an outage where it %s meanwhile', (_what, between) => {
    const away = meetTrouble(openState(T0), failure('MonaiUnreachable', 'outage'), T1);
    const again = meetTrouble(between(away), failure('MonaiUnreachable', 'outage'), T3);
    expect(again.trouble).toMatchObject({ code: 'MonaiUnreachable', since: T1 });
  });

  it('waits for a server since the first failure, whatever the later ones are', () => {
    const held = meetTrouble(openState(T0), failure('OnHold', 'outage'), T1);
    const away = meetTrouble(held, failure('CvatUnreachable', 'outage'), T2);
    expect(away).toMatchObject({ since: T1, trouble: { code: 'CvatUnreachable', since: T2 } });
  });

  it('records when a step began and ended, and can open it again', () => {
    const settled = settle(enter(openState(T0), 'wait', T1), 'wait', 'done', T2);
    expect(settled.steps).toEqual([{ step: 'wait', outcome: 'done', startedAt: T1, endedAt: T2 }]);
    expect(isSettled(settled, 'wait')).toBe(true);
    expect(isSettled(reopen(settled, 'wait'), 'wait')).toBe(false);
  });

  it('records a decision with its author and what it was about', () => {
    const asked = meetTrouble(openState(T0), failure('NotAPng', 'attention'), T1);
    expect(decide(asked, 'skip', 'ines', T2).decisions).toEqual([
      { what: 'skip', step: 'convert', by: 'ines', at: T2, about: 'NotAPng' },
    ]);
  });

  it('does not record a pause of a paused iteration nor a resume of a running one', () => {
    const running = openState(T0);
    expect(decide(running, 'resume', 'ines', T1)).toBe(running);
    const paused = decide(running, 'pause', 'ines', T1);
    expect(paused.paused).toBe(true);
    expect(decide(paused, 'pause', 'ines', T2)).toBe(paused);
    expect(decide(paused, 'resume', 'ines', T2).paused).toBe(false);
  });

  it('keeps every decision about a failure, and the latest of many pauses', () => {
    const asked = meetTrouble(openState(T0), failure('NotAPng', 'attention'), T1);
    let state = decide(asked, 'retry', 'ines', T1);
    for (let times = 0; times < 200; times++) state = decide(decide(state, 'pause', 'ines', T1), 'resume', 'ines', T2);
    expect(state.decisions.length).toBe(50);
    expect(state.decisions[0]).toMatchObject({ what: 'retry', about: 'NotAPng' });
    expect(JSON.stringify(state).length).toBeLessThan(16 * 1024);
  });
});

function at(step: IterationState['step']): IterationState {
  return { ...openState(T0), step };
}

describe('a conversion in the state', () => {
  const plan = { plan: ARTIFACT, shards: 64, masks: 640 };

  it('counts finished shards and their masks, and tells that a server is back', () => {
    const away = meetTrouble(
      planned(openState(T0), plan, T0),
      failure('StoreUnreachable', 'outage', 'convertShard'),
      T1,
    );
    const one = shardFinished(worked(away, 'convertShard', T2), 5, 10, T2);
    expect(one).toMatchObject({ waitingFor: 'machine', conversion: { plan, finished: [5], masks: 10 } });
    expect(statusOf('P/T', input, one).converted).toEqual({ done: 10, total: 640 });
    expect(statusOf('P/T', input, forgetMasks(one)).converted).toBeNull();
  });

  it('is over with the dataset, and is not shown at other steps', () => {
    const one = shardFinished(planned(openState(T0), plan, T0), 0, 10, T1);
    expect(assembled(one, DATASET, T2)).toMatchObject({ conversion: null, results: { dataset: DATASET } });
    expect(statusOf('P/T', input, enter(one, 'upload', T2)).converted).toBeNull();
  });

  it('is small with the most shards that there are', () => {
    let state = planned(openState(T0), plan, T0);
    for (let index = 0; index < 64; index += 1) state = shardFinished(state, index, 10, T1);
    expect(state.conversion).toMatchObject({ masks: 640 });
    expect(JSON.stringify(state).length).toBeLessThan(1024);
  });
});

describe('the choices of a person', () => {
  it.each(STEPS)('offer skip at step %s only where an iteration can go on without it', (step) => {
    const asked = meetTrouble(at(step), failure('UnexpectedFailure', 'attention'), T1);
    const { choices } = statusOf('P/T', input, asked);
    expect(choices).toEqual(SKIPPABLE_STEPS.includes(step) ? ['retry', 'skip', 'cancel'] : ['retry', 'cancel']);
  });

  it('are none while nothing has to be decided, and no skip during an outage', () => {
    expect(statusOf('P/T', input, at('wait')).choices).toEqual([]);
    const away = meetTrouble(at('train'), failure('MonaiUnreachable', 'outage'), T1);
    expect(statusOf('P/T', input, away).choices).toEqual(['retry', 'cancel']);
  });
});
