import type { Trouble } from '../../contracts/iteration.ts';
import type { IterationEnd, LoopPlace } from '../../contracts/loop-activities.ts';
import type { LoopAnswer, LoopEnd, LoopEvent, LoopPhase, LoopState } from '../../contracts/loop.ts';
import type { ArtifactRef } from '../../contracts/refs.ts';
import type { StopFinding } from '../../contracts/stop-rules.ts';
import type { StepFailure } from '../failure-of.ts';
import { shortened, withEvent } from './loop-events.ts';

/** Longest note with which a person stops a loop, in UTF-16 code units. */
const LONGEST_NOTE = 500;

/** A change of the state at a time, ISO. */
type Who = Pick<LoopEvent, 'by' | 'at'>;

/** State at the very beginning. `now` is an ISO time. */
export function openLoop(policy: ArtifactRef, now: string): LoopState {
  return {
    number: null,
    phase: 'selecting',
    since: now,
    startedAt: now,
    paused: false,
    iteration: null,
    policy,
    pace: null,
    edited: null,
    end: null,
    begin: null,
    trouble: null,
    rests: null,
    findings: [],
    events: [],
  };
}

/** Moves to a phase; the clock starts anew only if it is another one. */
export function moveTo(state: LoopState, phase: LoopPhase, now: string): LoopState {
  return { ...state, phase, rests: null, since: state.phase === phase ? state.since : now };
}

/** Records what somebody did. */
export function note(state: LoopState, what: LoopEvent['what'], { by, at }: Who, detail?: string): LoopState {
  const event = { what, by, at, ...(detail === undefined ? {} : { detail }) };
  return { ...state, events: withEvent(state.events, event) };
}

/** A pause or its end; one that changes nothing is none. */
export function setPaused(state: LoopState, paused: boolean, who: Who): LoopState {
  if (paused === state.paused || state.phase === 'stopped') return state;
  return note({ ...state, paused, since: who.at }, paused ? 'pause' : 'resume', who);
}

/** Another policy, from the next iteration on; nothing where it is the one that counts already. */
export function edit(state: LoopState, policy: ArtifactRef, who: Who, changes: string): LoopState {
  const edited = policy.sha256 === state.policy.sha256 ? null : policy;
  return note({ ...state, edited }, 'edit', who, changes);
}

/** The number from which a policy counts that is given now. */
export function editedFrom(state: LoopState): number {
  const { number, phase, paused } = state;
  const hasBegun = phase === 'iterating' || (phase === 'selecting' && !paused);
  return (number ?? 0) + (hasBegun ? 1 : 0);
}

/** The edited policy takes its place. */
export function takeEdited(state: LoopState): LoopState {
  if (state.edited === null) return state;
  return { ...state, policy: state.edited, edited: null, pace: null };
}

/** Where the loop goes on; it rests where an iteration has to be asked for and nobody has. */
export function placeAt(state: LoopState, { number, pace, begun }: LoopPlace, now: string): LoopState {
  const placed = { ...state, number, pace };
  const isWanted = pace === 'continuous' || begun || state.begin !== null;
  return isWanted ? placed : rest(placed, 'an iteration begins when it is asked for', now);
}

/** An iteration runs. Whoever asked for it has got it. */
export function iterate(state: LoopState, id: string, now: string): LoopState {
  return { ...moveTo(state, 'iterating', now), iteration: id, begin: null, trouble: null, findings: [] };
}

/** It waits to be asked, or for frames, for the reason given. */
export function rest(state: LoopState, rests: string, now: string): LoopState {
  return { ...moveTo(state, 'resting', now), rests, trouble: null };
}

/** The loop ends after the iteration that runs. The first reason stays. */
export function willEnd(state: LoopState, end: LoopEnd): LoopState {
  if (state.end !== null) return state;
  return { ...state, end: { ...end, words: shortened(end.words, LONGEST_NOTE) } };
}

/** A person ends the loop. */
export function stopBy(state: LoopState, who: Who, words: string): LoopState {
  return note(willEnd(state, { why: 'person', words, ...who }), 'stop', who, words === '' ? undefined : words);
}

/** It has ended. */
export function stopped(state: LoopState, now: string): LoopState {
  return { ...moveTo(state, 'stopped', now), trouble: null, begin: null };
}

/** What rules have proposed is done: the loop ends, a person is asked, or it goes on. */
export function judged(
  state: LoopState,
  { findings, proposes }: Pick<IterationEnd, 'findings' | 'proposes'>,
  now: string,
): LoopState {
  const found = { ...state, findings };
  if (proposes === 'ask') return moveTo(found, 'asking', now);
  const reason = findings.find((finding) => finding.proposes && finding.action === 'stop');
  if (proposes !== 'stop' || reason === undefined) return moveTo(found, 'selecting', now);
  return willEnd(moveTo(found, 'selecting', now), { why: reason.rule, words: reason.words, by: null, at: now });
}

/** The iteration has a receipt: the next number's turn comes. */
export function iterationDone(state: LoopState, end: Omit<IterationEnd, 'outcome'>, now: string): LoopState {
  return judged({ ...state, iteration: null, number: (state.number ?? 0) + 1, trouble: null }, end, now);
}

/** Too few frames can be chosen: whoever asked for an iteration is told, and the rule `empty-pool` decides. */
export function tooFew(state: LoopState, finding: StopFinding, now: string): LoopState {
  const { begin, pace } = state;
  const isAsked = pace === 'schedule' && begin !== null;
  const told = isAsked ? note(state, 'begin', begin, `skipped: ${finding.words}`) : state;
  const next = judged({ ...told, begin: null }, { findings: [finding], proposes: finding.action }, now);
  return finding.action === 'note' ? rest(next, finding.words, now) : next;
}

/** A person has to say what becomes of a failure. */
export function ask(state: LoopState, failure: StepFailure, now: string): LoopState {
  return { ...moveTo(state, 'asking', now), iteration: null, trouble: troubleOf(failure, now) };
}

/** A server is away; an outage that goes on keeps its beginning. */
export function awaitServer(state: LoopState, failure: StepFailure, now: string): LoopState {
  const since = state.trouble?.code === failure.code ? state.trouble.since : now;
  return { ...state, trouble: troubleOf(failure, since) };
}

function troubleOf({ code, message, action, facts }: StepFailure, since: string): Trouble {
  return { code, message, action, facts, since };
}

/** No server is away. */
export function serverIsBack(state: LoopState): LoopState {
  return state.trouble === null || state.phase === 'asking' ? state : { ...state, trouble: null };
}

/** What may be answered now. */
export function choicesOf({ phase, trouble, end }: LoopState): readonly LoopAnswer[] {
  if (end !== null) return [];
  if (phase === 'asking') return trouble === null ? ['go on', 'stop'] : ['retry', 'skip', 'stop'];
  return trouble === null || phase === 'stopped' ? [] : ['retry'];
}

/** What a person has answered is done. */
export function answered(state: LoopState, answer: LoopAnswer, who: Who): LoopState {
  if (answer === 'stop') return stopBy({ ...state, trouble: null }, who, '');
  const about = state.trouble?.code;
  const told = note(state, answer, who, about);
  if (state.phase !== 'asking') return told;
  const number = (state.number ?? 0) + (answer === 'skip' ? 1 : 0);
  return { ...moveTo(told, 'selecting', who.at), number, trouble: null };
}
