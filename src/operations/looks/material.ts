import type { Client } from '@temporalio/client';
import { z } from 'zod';
import { MaskloopError } from '../../contracts/error.ts';
import { placeOfId } from '../../contracts/ids.ts';
import { PEOPLE_SETTINGS } from '../../contracts/comparison.ts';
import type { IterationResults } from '../../contracts/iteration.ts';
import type { FramePlace } from '../../contracts/withdrawal.ts';
import type { ReceiptStore } from '../../receipts/read-receipt.ts';
import { artifactSchema } from '../../storage/artifact-schema.ts';
import { folderSchema } from '../../storage/folder-schema.ts';
import { describeAsKnown } from '../describe-as-known.ts';
import type { IterationView } from '../describe-iteration.ts';
import { readRunningInput } from '../running-input.ts';

/** What is needed of the input of an iteration to show what it made. */
const inputSchema = z.object({
  images: folderSchema.nullable(),
  categories: artifactSchema,
  tellPeople: z.enum(PEOPLE_SETTINGS),
  completion: z.object({ rule: z.enum(['state', 'acceptance']) }),
  masks: z.unknown(),
  predict: z.unknown().optional(),
  fromScratch: z.boolean().optional(),
});

/** What can be shown of an iteration. */
export interface Material {
  readonly id: string;
  readonly place: FramePlace;
  readonly input: z.output<typeof inputSchema>;
  readonly results: Omit<IterationResults, 'receipt'>;
  readonly view: IterationView;
}

/**
 * Input and results of an iteration, running or finished.
 *
 * @throws MaskloopError `IterationNotFound`, `WorkerSilent` if it runs and no worker answers, `TemporalUnreachable`, `StoreUnreachable`,
 *   `ArtifactCorrupt`
 */
export async function readMaterial(
  where: { readonly client: Client; readonly store: ReceiptStore },
  id: string,
): Promise<Material> {
  const view = await describeAsKnown(where, id);
  const results = view.receipt?.results ?? view.status?.results;
  if (results === undefined) {
    throw new MaskloopError('WorkerSilent', `No worker says what ${id} has done so far.`, { facts: { id } });
  }
  const given = view.receipt?.input ?? (await readRunningInput(where.client, { id, runId: '' }));
  return { id, place: placeOfId(id), input: inputSchema.parse(given), results, view };
}
