import type { PromotionOutcome } from '../contracts/gate.ts';
import type { Choice, Trouble } from '../contracts/iteration.ts';
import type { LoopTold, Told } from '../contracts/notice-activities.ts';
import type { Notice } from './notice.ts';

/** What a notice is about, and for whom. */
export interface About {
  readonly id: string;
  /** For people: project and task, or the loop. */
  readonly about: string;
  /** Of the task; null where it is not known, or there is none. */
  readonly url: string | null;
  readonly leads: readonly string[];
}

function valuesAbout({ id, about, url, leads }: About) {
  return { who: leads.join(', '), about, id, ...(url === null ? {} : { url }) };
}

function commandsOf(id: string, choices: readonly Choice[]): readonly string[] {
  return [`maskloop status ${id}`, ...choices.map((choice) => `maskloop ${choice} ${id}`)];
}

/** Somebody has to decide; once for each trouble. @param place what it waits at, for people */
export function attentionNotice(
  about: About,
  {
    trouble,
    place,
    commands,
  }: { readonly trouble: Trouble; readonly place: string; readonly commands: readonly string[] },
): Notice {
  return {
    kind: 'attention',
    whom: about.leads,
    episode: `${about.id} ${trouble.code} ${trouble.since}`,
    whenClosed: 'send',
    values: () => ({
      ...valuesAbout(about),
      step: place,
      code: trouble.code,
      trouble: trouble.message,
      action: trouble.action,
      command: commands.join(' | '),
    }),
  };
}

/** The same of an iteration at a step. */
export function iterationAttention(about: About, told: Extract<Told, { kind: 'attention' }>): Notice {
  const { trouble, step, choices } = told;
  return attentionNotice(about, { trouble, place: `step ${step}`, commands: commandsOf(about.id, choices) });
}

const OUTCOMES: Readonly<Record<PromotionOutcome, string>> = {
  promoted: 'it is published',
  'put back': 'the model from before stays published',
  left: 'it is published, since there was none before, though nobody has decided for it',
  replaced: 'another model was published since, which stays',
  'not known': 'what is published now is not known',
};

function dice(value: number | null | undefined): string {
  return value == null ? 'not measured' : value.toFixed(4);
}

/** A model was trained, with what it was measured to be before and after. */
export function trainingNotice(
  about: About,
  { promotion, gate }: Extract<Told, { kind: 'training-done' }>,
  model: string,
): Notice {
  const { outcome, verdict, checksum } = promotion;
  return {
    kind: 'training-done',
    whom: about.leads,
    episode: `${about.id} ${checksum} ${outcome}`,
    whenClosed: 'wait',
    values: () => ({
      ...valuesAbout(about),
      command: `maskloop status ${about.id}`,
      model,
      outcome: OUTCOMES[outcome],
      before: dice(gate?.before?.dice),
      after: dice(gate?.after.dice),
      verdict,
    }),
  };
}

/** A loop has ended. @param command what to type */
export function stoppedNotice(
  about: About,
  { number, why, at }: Extract<LoopTold, { kind: 'loop-stopped' }>,
  command: string,
): Notice {
  return {
    kind: 'loop-stopped',
    whom: about.leads,
    episode: `${about.id} ${at}`,
    whenClosed: 'wait',
    values: () => ({ ...valuesAbout(about), command, number: String(number), why }),
  };
}
