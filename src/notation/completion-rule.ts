import type { CompletionOptions } from '../contracts/waiting.ts';
import { NotationError } from './notation-error.ts';

/** When people are done. */
export type CompleteWhen = Pick<CompletionOptions, 'rule' | 'atLeast'>;

/** `state`, `acceptance`, `fraction=0.9`. @throws NotationError */
export function parseCompleteWhen(text: string): CompleteWhen {
  if (text === 'state' || text === 'acceptance') return { rule: text };
  const [, digits = ''] = /^fraction=(\d*\.?\d+)$/.exec(text) ?? [];
  const atLeast = digits === '' ? Number.NaN : Number(digits);
  if (atLeast > 0 && atLeast < 1) return { rule: 'state', atLeast };
  throw new NotationError('Write state, acceptance, or fraction=F with F between 0 and 1: fraction=0.9.');
}
