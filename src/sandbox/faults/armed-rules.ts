import { createRandom } from '../scenes/random.ts';
import type { FaultRule, Route } from './fault.ts';

interface Asked {
  readonly method: string;
  /** Undecoded path with the query. */
  readonly target: string;
}

export function matches(route: Route, { method, target }: Asked): boolean {
  return (route.method ?? method) === method && (route.path === undefined || target.search(route.path) >= 0);
}

/** A rule at work. */
export interface ArmedRule {
  readonly rule: FaultRule;
  /** Number of requests hit. */
  readonly hits: number;
}

export interface ArmedRules {
  /** @throws RangeError if count, after or probability make no sense */
  add(rule: FaultRule): ArmedRule;
  remove(armed: ArmedRule): void;
  /** Removes all rules and returns them. */
  clear(): readonly ArmedRule[];
  /** The faults of one request: at most one besides clock skew, that of the oldest rule which hits. */
  draw(request: Asked): { hit: FaultRule | null; skewMs: number };
}

interface Counted extends ArmedRule {
  hits: number;
  matched: number;
  chance: () => boolean;
}

/**
 * Rules in the order of their addition. What a rule does depends only on the seed, on how many rules were added before it
 * and on how many matching requests came, never on time.
 */
export function createArmedRules(seed: number): ArmedRules {
  let rules: Counted[] = [];
  let added = 0;

  function isHit(armed: Counted, request: Asked): boolean {
    const { rule } = armed;
    if (!matches(rule, request)) return false;
    armed.matched += 1;
    if (armed.matched <= (rule.after ?? 0) || armed.hits >= (rule.count ?? Infinity) || !armed.chance()) return false;
    armed.hits += 1;
    return true;
  }

  return {
    add(rule) {
      const { count = 1, after = 0, probability = 1 } = rule;
      const isWhole = Number.isSafeInteger(count) && count >= 0 && Number.isSafeInteger(after) && after >= 0;
      if (!isWhole || !(probability >= 0 && probability <= 1)) {
        throw new RangeError('count and after are whole numbers from 0, probability is from 0 to 1');
      }
      added += 1;
      const random = createRandom(seed, added);
      const armed: Counted = { rule, hits: 0, matched: 0, chance: () => random.chance(probability) };
      rules.push(armed);
      return armed;
    },
    remove(armed) {
      rules = rules.filter((one) => one !== armed);
    },
    clear() {
      const removed = rules;
      rules = [];
      return removed;
    },
    draw(request) {
      let hit: FaultRule | null = null;
      let skewMs = 0;
      for (const armed of rules) {
        const { fault } = armed.rule;
        if (fault.kind !== 'clock-skew' && hit !== null) continue;
        if (!isHit(armed, request)) continue;
        if (fault.kind === 'clock-skew') skewMs += fault.ms;
        else hit = armed.rule;
      }
      return { hit, skewMs };
    },
  };
}
