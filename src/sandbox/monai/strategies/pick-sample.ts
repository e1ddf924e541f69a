import { z } from 'zod';
import type { Datastore } from '../datastore/datastore.ts';
import type { Info } from '../datastore/index-file.ts';
import type { Random } from '../../scenes/random.ts';

/** A day in seconds: what was served longer ago counts as never served. */
const RESET = 86_400;

const served = z.object({ ts: z.number() });
const servedBy = z.object({ strategy: z.record(z.string(), served) });

interface Candidate {
  readonly id: string;
  readonly info: Info;
  /** Seconds since the strategy has served it. */
  readonly age: number;
}

/** Chooses one image of those without a final label. @returns facts about the choice, with its `id`; null without candidates */
type Strategy = (candidates: readonly Candidate[], random: Random) => { id: string } | null;

const first: Strategy = (candidates) => {
  const id = candidates.map((candidate) => candidate.id).toSorted()[0];
  return id === undefined ? null : { id };
};

/** Older is likelier. Where all were served within this second there is no weight to draw by, and the server breaks. */
const random: Strategy = (candidates, dice) => {
  if (candidates.length === 0) return null;
  const total = candidates.reduce((sum, { age }) => sum + age, 0);
  if (total <= 0) throw new Error('Total of weights must be greater than zero');
  let rest = dice.between(0, total);
  const chosen = candidates.find(({ age }) => (rest -= age) < 0) ?? candidates.at(-1);
  return chosen === undefined ? null : { id: chosen.id, weight: chosen.age };
};

/** Longest not served first, and of these the most uncertain. */
const epistemic: Strategy = (candidates) => {
  const scored = candidates.map(({ id, info, age }) => ({
    id,
    score: typeof info['epistemic_entropy'] === 'number' ? info['epistemic_entropy'] : 0,
    ts: Math.min(age, RESET),
  }));
  const chosen = scored.toSorted((a, b) => b.score - a.score).toSorted((a, b) => b.ts - a.ts)[0];
  return chosen === undefined ? null : { id: chosen.id, epistemic_entropy: { score: chosen.score, ts: chosen.ts } };
};

/** Strategies by name, with the descriptions that the server gives them. */
export const STRATEGIES: Readonly<Record<string, { readonly description: string; readonly choose: Strategy }>> = {
  random: { description: 'Random Strategy', choose: random },
  first: { description: 'Get First Sample', choose: first },
  epistemic: { description: 'Get First Sample Based on Epistemic score', choose: epistemic },
};

/**
 * Chooses the next image to label and marks it as served, which reserves nothing.
 *
 * @param now seconds since 1970
 * @returns the choice with the image's facts laid over it; empty if nothing is left
 * @throws Error for an unknown strategy, or if every candidate was drawn by `random` within this second
 */
export function pickSample(
  store: Datastore,
  call: { readonly strategy: string; readonly clientId: unknown; readonly now: number; readonly random: Random },
): Info {
  const strategy = Object.hasOwn(STRATEGIES, call.strategy) ? STRATEGIES[call.strategy] : undefined;
  if (strategy === undefined) throw new Error(`no strategy ${call.strategy}`);
  const candidates = store.unlabeled().map((id) => {
    const info = store.imageInfo(id);
    return { id, info, age: call.now - (servedAt(info, call.strategy) ?? 0) };
  });
  const choice = strategy.choose(candidates, call.random);
  if (choice === null) return {};
  const info = store.imageInfo(choice.id);
  const marks = z.record(z.string(), z.unknown()).safeParse(info['strategy']).data;
  const marked = { ...marks, [call.strategy]: { ts: call.now, client_id: call.clientId } };
  store.addImageInfo(choice.id, { strategy: marked });
  // An image that no strategy had served before is shown as it was, another as it is now.
  return { ...choice, ...info, ...(marks === undefined ? {} : { strategy: marked }) };
}

function servedAt(info: Info, strategy: string): number | undefined {
  return servedBy.safeParse(info).data?.strategy[strategy]?.ts;
}
