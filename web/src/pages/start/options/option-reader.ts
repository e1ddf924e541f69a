import { isNotationError, NotationError } from '../../../../../src/notation/notation-error.ts';
import type { OptionName, OptionProblems, OptionTexts } from './option-texts.ts';

/** Reads texts, and keeps what is wrong with them. */
export interface OptionReader {
  readonly texts: OptionTexts;
  /** What a text means; what `otherwise` says where it is wrong. */
  readonly read: <T>(name: OptionName, parse: (text: string) => T, otherwise: T) => T;
  /** The same for a text that may be left empty, which means null. */
  readonly optional: <T>(name: OptionName, parse: (text: string) => T) => T | null;
  readonly problems: () => OptionProblems;
}

/** A reader that has found nothing wrong yet. */
export function optionReader(texts: OptionTexts): OptionReader {
  const found: Partial<Record<OptionName, string>> = {};
  const read = <T>(name: OptionName, parse: (text: string) => T, otherwise: T): T => {
    try {
      return parse(texts[name].trim());
    } catch (error) {
      if (!isNotationError(error)) throw error;
      found[name] = error.message;
      return otherwise;
    }
  };
  return {
    texts,
    read,
    optional: (name, parse) => (texts[name].trim() === '' ? null : read(name, parse, null)),
    problems: () => found,
  };
}

/** A whole number in a range, both ends included. @throws NotationError */
export function wholeNumber(least: number, most = Number.MAX_SAFE_INTEGER): (text: string) => number {
  return (text) => {
    const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
    if (value >= least && value <= most) return value;
    const range = most === Number.MAX_SAFE_INTEGER ? `from ${least}` : `from ${least} to ${most}`;
    throw new NotationError(`Write a whole number ${range}.`);
  };
}

/** Per cent in a range, as a share from 0 to 1. @throws NotationError */
export function percent(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = /^\d*\.?\d+$/.test(text) ? Number(text) : Number.NaN;
    if (value >= least && value <= most) return value / 100;
    throw new NotationError(`Write per cent from ${least} to ${most}.`);
  };
}

/** Names with commas between them, each once. */
export function namesIn(text: string): readonly string[] {
  const names = text.split(',').map((name) => name.trim());
  return [...new Set(names)].filter((name) => name !== '');
}

/** The one of these that a text is. @throws NotationError */
export function oneOf<T extends string>(known: readonly T[]): (text: string) => T {
  return (text) => {
    const found = known.find((one) => one === text);
    if (found !== undefined) return found;
    throw new NotationError(`Choose one of ${known.join(', ')}.`);
  };
}
