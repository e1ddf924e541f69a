import { matches } from './armed-rules.ts';
import type { FaultRule } from './fault.ts';

/** Messages that were taken and are delivered later. */
export interface HeldDeliveries {
  /** True if a message of this rule is being held. */
  holds(rule: FaultRule): boolean;
  /** Delivers once released, or after `ms`. */
  hold(rule: FaultRule, deliver: () => Promise<void>, ms: number): void;
  /** Delivers after `ms`, whatever else comes. */
  later(deliver: () => Promise<void>, ms: number): void;
  /** Delivers everything that waited for a request such as this one. */
  release(request: { method: string; target: string }): Promise<void>;
  /** Drops what is not delivered yet. */
  close(): void;
}

export function createHeldDeliveries(): HeldDeliveries {
  const held = new Map<FaultRule, () => Promise<void>>();
  const timers = new Set<NodeJS.Timeout>();

  function after(ms: number, act: () => Promise<void>): void {
    const timer = setTimeout(() => {
      timers.delete(timer);
      void act();
    }, ms);
    timers.add(timer);
  }

  async function deliverHeld(rule: FaultRule): Promise<void> {
    const deliver = held.get(rule);
    held.delete(rule);
    await deliver?.();
  }

  return {
    holds: (rule) => held.has(rule),
    hold(rule, deliver, ms) {
      held.set(rule, deliver);
      after(ms, () => (held.get(rule) === deliver ? deliverHeld(rule) : Promise.resolve()));
    },
    later: (deliver, ms) => after(ms, deliver),
    async release(request) {
      for (const rule of held.keys()) if (matches(rule, request)) await deliverHeld(rule);
    },
    close() {
      for (const timer of timers) clearTimeout(timer);
      held.clear();
    },
  };
}
