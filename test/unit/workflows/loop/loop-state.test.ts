import { describe, expect, it } from '@jest/globals';
import type { LoopState } from '../../../../src/contracts/loop.ts';
import type { StopFinding } from '../../../../src/contracts/stop-rules.ts';
import {
  answered,
  ask,
  awaitServer,
  choicesOf,
  edit,
  editedFrom,
  iterate,
  iterationDone,
  moveTo,
  note,
  openLoop,
  placeAt,
  setPaused,
  stopBy,
  takeEdited,
  tooFew,
  willEnd,
} from '../../../../src/workflows/loop/loop-state.ts';
import { utf8Bytes } from '../../../../src/workflows/loop/utf8-bytes.ts';
import { ARTIFACT } from '../../../kit/fake-refs.ts';

const AT = '2026-01-01T00:00:00.000Z';
const LATER = '2026-01-02T00:00:00.000Z';
const INES = { by: 'ines', at: LATER };
const OTHER = { ...ARTIFACT, sha256: 'bb' };

const opened = openLoop(ARTIFACT, AT);
const placed = (pace: 'continuous' | 'schedule', begun = false, from: LoopState = opened): LoopState =>
  placeAt(from, { number: 3, task: 'new', begun, pace }, AT);
const running = iterate(placed('continuous'), 'P/Iteration_3', AT);

const finding = (action: StopFinding['action'], proposes = true): StopFinding => ({
  rule: 'plateau',
  action,
  proposes,
  value: 0,
  limit: 0,
  interval: null,
  words: `to ${action}`,
});

describe('the state of a loop', () => {
  it('rests after it has found its place only where an iteration has to be asked for, nobody has, and none was begun', () => {
    expect(placed('continuous').phase).toBe('selecting');
    expect(placed('schedule').phase).toBe('resting');
    expect(placed('schedule', true).phase).toBe('selecting');
    expect(placed('schedule', false, { ...opened, begin: { ...INES, reply: null } }).phase).toBe('selecting');
  });

  it('keeps since when a phase lasts, and counts a pause as a change', () => {
    expect(moveTo(running, 'iterating', LATER).since).toBe(AT);
    expect(moveTo(running, 'asking', LATER).since).toBe(LATER);
    const paused = setPaused(running, true, INES);
    expect(paused).toMatchObject({ paused: true, since: LATER, phase: 'iterating' });
    expect(setPaused(paused, true, INES)).toBe(paused);
  });

  it('goes on with the next number after a receipt, asks or ends as the strictest rule that proposes says', () => {
    const goesOn = iterationDone(running, { findings: [finding('stop', false)], proposes: null }, LATER);
    expect(goesOn).toMatchObject({ number: 4, iteration: null, phase: 'selecting', end: null });
    const findings = [finding('note'), finding('ask'), finding('stop')];
    expect(iterationDone(running, { findings, proposes: 'stop' }, LATER).end).toEqual({
      why: 'plateau',
      words: 'to stop',
      by: null,
      at: LATER,
    });
    expect(iterationDone(running, { findings: findings.slice(0, 2), proposes: 'ask' }, LATER)).toMatchObject({
      phase: 'asking',
      end: null,
      trouble: null,
    });
  });

  it('takes an edited policy when the next iteration begins, and says from which number on', () => {
    const edited = edit(running, OTHER, INES, 'batchSize 2 to 5');
    expect(edited.policy).toBe(ARTIFACT);
    expect([editedFrom(running), editedFrom(placed('schedule')), editedFrom(opened)]).toEqual([4, 3, 1]);
    expect(takeEdited(edited)).toMatchObject({ policy: OTHER, edited: null, pace: null });
    expect(edit(edited, ARTIFACT, INES, 'back').edited).toBeNull();
  });

  it('offers the answers that fit: to a failure, to a proposal, to an outage, and none once it ends', () => {
    const failure = { code: 'NoImages', handling: 'attention', message: 'm', action: 'a', facts: {} } as const;
    const asking = ask(running, failure, LATER);
    expect(choicesOf(asking)).toEqual(['retry', 'skip', 'stop']);
    expect(choicesOf(moveTo(running, 'asking', LATER))).toEqual(['go on', 'stop']);
    expect(choicesOf(awaitServer(placed('continuous'), failure, LATER))).toEqual(['retry']);
    expect(choicesOf(running)).toEqual([]);
    expect(choicesOf(stopBy(asking, INES, ''))).toEqual([]);
    expect(answered(asking, 'retry', INES)).toMatchObject({ number: 3, phase: 'selecting', trouble: null });
    expect(answered(asking, 'skip', INES)).toMatchObject({ number: 4, phase: 'selecting' });
    expect(answered(asking, 'skip', INES).events).toEqual([{ what: 'skip', ...INES, detail: 'NoImages' }]);
    expect(answered(asking, 'stop', INES).end).toMatchObject({ why: 'person', by: 'ines' });
  });

  it('keeps the beginning of an outage that goes on', () => {
    const failure = { code: 'CvatUnreachable', handling: 'outage', message: 'm', action: 'a', facts: {} } as const;
    const away = awaitServer(opened, failure, AT);
    expect(awaitServer(away, failure, LATER).trouble?.since).toBe(AT);
    expect(awaitServer(away, { ...failure, code: 'StoreUnreachable' }, LATER).trouble?.since).toBe(LATER);
  });

  it('tells whoever asked on a schedule that there are too few frames, and rests, asks or ends as the rule says', () => {
    const wanted = { ...placed('schedule'), begin: { ...INES, reply: null } };
    const told = tooFew(wanted, finding('note'), LATER);
    expect(told).toMatchObject({ phase: 'resting', end: null, begin: null, rests: 'to note' });
    expect(told.events).toEqual([{ what: 'begin', ...INES, detail: 'skipped: to note' }]);
    expect(tooFew(wanted, finding('ask'), LATER)).toMatchObject({ phase: 'asking', begin: null });
    const ended = tooFew(wanted, finding('stop'), LATER);
    expect(ended).toMatchObject({ end: { words: 'to stop' }, begin: null });
    expect(ended.events).toEqual([{ what: 'begin', ...INES, detail: 'skipped: to stop' }]);
    expect(tooFew(placed('continuous'), finding('stop'), LATER).end).toMatchObject({ why: 'plateau' });
  });

  it('keeps the first reason for its end, whatever comes later', () => {
    const end = { why: 'budget', words: 'used up', by: null, at: AT } as const;
    expect(stopBy(willEnd(running, end), INES, 'enough').end).toEqual(end);
  });

  it('stays below 16 kB whatever names and notes people have, and keeps the newest events', () => {
    let state = stopBy(running, { by: '\u{1F600}'.repeat(500), at: AT }, 'ü'.repeat(5000));
    for (let index = 0; index < 200; index += 1) {
      state = note(state, 'begin', { by: '鈴'.repeat(300), at: AT }, `${index} ${'語'.repeat(500)}`);
    }
    const bytes = utf8Bytes(JSON.stringify(state));
    expect(bytes).toBe(Buffer.byteLength(JSON.stringify(state)));
    expect(bytes).toBeLessThan(9000);
    expect(state.events.at(-1)?.detail).toMatch(/^199 /);
    expect(JSON.stringify(state).isWellFormed()).toBe(true);
    for (let index = 0; index < 60; index += 1) state = note(state, 'pause', { by: 'ines', at: AT });
    expect(state.events).toHaveLength(50);
  });
});
