import { z } from 'zod';
import { MASK_LINES_VERSION } from '../coco/mask-lines.ts';
import { maskReading } from '../coco/mask-reading.ts';
import type { MaskReading } from '../coco/mask-converter.ts';
import { MaskloopError } from '../contracts/error.ts';
import type { ForIteration } from '../contracts/iteration.ts';
import type { ConversionPlan, PlannedMask } from '../contracts/conversion-plan.ts';
import type { ArtifactStore } from '../storage/store.ts';
import { categoriesOf } from './categories-of.ts';
import { hashBytes } from '../storage/file-hash.ts';

const plannedMask: z.ZodType<PlannedMask> = z.object({ name: z.string().min(1), sha256: z.hash('sha256') });

/** A shard with all that decides what its masks become. */
export interface PlannedShard {
  readonly masks: readonly PlannedMask[];
  readonly reading: MaskReading;
  /**
   * Name under which the store finds it once it is converted. It is made of the masks' names and hashes, the rules and
   * the declared categories, so that any iteration finds what any other has converted.
   */
  readonly name: string;
}

/**
 * Reads one shard of a plan.
 *
 * @throws MaskloopError `ArtifactCorrupt` for a list that this version does not know; what the store throws
 */
export async function readShard(
  store: ArtifactStore,
  { input }: ForIteration,
  { list, masks: count }: ConversionPlan['shards'][number],
): Promise<PlannedShard> {
  const reading = maskReading(await categoriesOf(store, input), input.conversion.rules);
  const text = new TextDecoder().decode(await store.get(list));
  const masks = text.split('\n').slice(0, -1).map(parseMask);
  if (masks.length !== count || masks.includes(null)) {
    throw new MaskloopError('ArtifactCorrupt', `${list.uri} is not a list of ${count} masks.`, {
      facts: { uri: list.uri, masks: count, lines: masks.length },
    });
  }
  return { masks: masks.filter((mask) => mask !== null), reading, name: shardName(list.sha256, reading) };
}

/** @param list hash of the list of the shard's masks, which holds their names and hashes */
function shardName(list: string, reading: MaskReading): string {
  const facts = JSON.stringify({ version: MASK_LINES_VERSION, list, reading });
  return `conversions/${hashBytes(facts)}`;
}

function parseMask(line: string): PlannedMask | null {
  try {
    return plannedMask.parse(JSON.parse(line));
  } catch {
    return null;
  }
}
