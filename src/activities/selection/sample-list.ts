import { z } from 'zod';
import { MaskloopError } from '../../contracts/error.ts';
import { samplesName } from '../../contracts/ids.ts';
import { STRATEGIES, type SampleList } from '../../contracts/selection.ts';
import { selectionSchema } from '../../loop-file/policy/parts-schema.ts';
import { folderSchema } from '../../storage/folder-schema.ts';
import type { ArtifactStore } from '../../storage/store.ts';

/** Which loop of which project. */
export interface LoopPlace {
  readonly connection: string;
  readonly project: string;
  readonly name: string;
}

const count = z.int().min(0);

/** Lists of before the number of eligible frames was kept have all others that it is made of. */
const pool = z
  .object({
    frames: count,
    groups: count,
    used: count,
    heldOut: count,
    alike: count,
    eligible: count.optional(),
    candidates: count,
  })
  .transform(({ eligible, ...counts }) => {
    const { frames, used, heldOut, alike } = counts;
    return { ...counts, eligible: eligible ?? Math.max(0, frames - used - heldOut - alike) };
  });

const schema: z.ZodType<SampleList> = z.object({
  schema: z.literal('maskloop.samples/1'),
  loop: z.string(),
  number: count,
  task: z.string(),
  options: selectionSchema,
  model: z.string().nullable(),
  uncertainty: z.enum(['server', 'disagreement', 'flips']).nullable(),
  pool,
  samples: z.array(
    z.object({
      name: z.string(),
      group: z.string(),
      sha256: z.hash('sha256'),
      strategy: z.enum([...STRATEGIES, 'carried']),
      score: z.number().nullable(),
    }),
  ),
  images: folderSchema.nullable(),
  notes: z.array(z.string()),
});

/** A list that was written, with its bytes. */
export interface WrittenList {
  readonly list: SampleList;
  readonly bytes: Uint8Array;
}

function parse(bytes: Uint8Array, name: string): SampleList {
  const parsed = schema.safeParse(JSON.parse(new TextDecoder().decode(bytes)));
  if (parsed.success) return parsed.data;
  throw new MaskloopError('ArtifactCorrupt', `${name} is no list of samples that this version knows.`, {
    facts: { name, problem: z.prettifyError(parsed.error) },
  });
}

/** What was chosen for a number of a loop; null for nothing yet. @throws MaskloopError `ArtifactCorrupt`; what the store throws */
export async function readSampleList(
  store: ArtifactStore,
  loop: LoopPlace,
  number: number,
): Promise<WrittenList | null> {
  const name = samplesName(loop, number);
  const bytes = await store.getNamed(name);
  return bytes === null ? null : { list: parse(bytes, name), bytes };
}

/** What was chosen for all other numbers of a loop, by number. @throws MaskloopError as {@link readSampleList} */
export async function otherLists(
  store: ArtifactStore,
  loop: LoopPlace,
  number: number,
): Promise<ReadonlyMap<number, SampleList>> {
  const folder = samplesName(loop, 0).replace(/\d+$/, '');
  const found = new Map<number, SampleList>();
  for (const name of await store.listNamed(folder)) {
    const bytes = await store.getNamed(name);
    const list = bytes === null ? null : parse(bytes, name);
    if (list !== null && list.number !== number) found.set(list.number, list);
  }
  return found;
}
