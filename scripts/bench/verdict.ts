import { median } from './median.ts';

/** What the benchmark found. */
export interface Figures {
  /** Wall time of the notebook's script as a multiple of that of one worker. */
  readonly oneWorker: number;
  /** The same with all cores. */
  readonly allCores: number;
  /** Our time inside one process as a multiple of bare read and inflate. */
  readonly inProcess: number;
}

/** One figure held against its goal and its limit. */
export interface Judgement {
  readonly passed: boolean;
  /** `ok    one worker: 13.4 × the notebook (goal 10 ×, limit 8 ×)`. */
  readonly line: string;
}

interface Rule {
  readonly name: string;
  /** What the figure is a multiple of. */
  readonly of: string;
  readonly goal: number;
  readonly limit: number;
  /** Which side of the limit is missed. */
  readonly missed: 'below' | 'above';
}

const RULES: Readonly<Record<keyof Figures, Rule>> = {
  oneWorker: { name: 'one worker', of: 'the notebook', goal: 10, limit: 8, missed: 'below' },
  allCores: { name: 'all cores', of: 'the notebook', goal: 18, limit: 15, missed: 'below' },
  inProcess: { name: 'inside the process', of: 'bare read and inflate', goal: 3.5, limit: 4.5, missed: 'above' },
};

/**
 * Holds each figure against its rule: `ok` where the goal is reached, `short` between goal and limit, `MISS` beyond the
 * limit, which is the only one that does not pass. A figure that is no number is missed.
 */
export function judge(figures: Figures): readonly Judgement[] {
  return [
    judged(RULES.oneWorker, figures.oneWorker),
    judged(RULES.allCores, figures.allCores),
    judged(RULES.inProcess, figures.inProcess),
  ];
}

/** The median of the ratios of pairs: how many times `ours` goes into `theirs`; NaN without any. */
export function medianRatio(pairs: readonly { readonly theirs: number; readonly ours: number }[]): number {
  return median(pairs.map(({ theirs, ours }) => theirs / ours));
}

function judged({ name, of, goal, limit, missed }: Rule, value: number): Judgement {
  const reaches = (bound: number): boolean => (missed === 'below' ? value >= bound : value <= bound);
  const passed = reaches(limit);
  const word = reaches(goal) ? 'ok' : passed ? 'short' : 'MISS';
  const digits = missed === 'below' ? 1 : 2;
  const line = `${word.padEnd(5)} ${name}: ${value.toFixed(digits)} × ${of} (goal ${goal} ×, limit ${limit} ×)`;
  return { passed, line };
}
