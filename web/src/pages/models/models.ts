import type { z } from 'zod';
import type { modelVersion } from '../../../../src/api/schemas/model.ts';

export type Version = z.output<typeof modelVersion>;

/** One model of one trainer, with all its versions. */
export interface Model {
  readonly key: string;
  readonly model: string;
  /** Those that have led to its trainer. */
  readonly connections: readonly string[];
  /** The one that something happened to last first. */
  readonly versions: readonly Version[];
}

/** Versions by model. Two connections may lead to one trainer, and so to one model. */
export function modelsOf(versions: readonly Version[]): readonly Model[] {
  const keyOf = ({ trainer, connection, model }: Version): string => `${trainer ?? connection} ${model}`;
  return [...new Set(versions.map(keyOf))].map((key) => {
    const own = versions.filter((version) => keyOf(version) === key);
    const connections = [...new Set(own.map(({ connection }) => connection))].toSorted();
    return { key, model: own[0]?.model ?? '', connections, versions: own };
  });
}

/** Enough of a checksum to tell models apart. */
export function shortChecksum(checksum: string): string {
  return checksum.replace(/^SHA256:/, '').slice(0, 12);
}

/** A Dice as people compare them: four digits after the point; `–` where it was not measured. */
export function diceWords(dice: number | null): string {
  return dice === null ? '–' : dice.toFixed(4);
}
