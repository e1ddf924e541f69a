import { z } from 'zod';
import { MaskloopError } from '../../contracts/error.ts';
import { amendmentName } from '../../contracts/ids.ts';
import type { ArtifactRef } from '../../contracts/refs.ts';
import type { AmendedFrame, Amendment, AmendmentRef } from '../../contracts/training-set.ts';
import { artifactSchema as artifact } from '../../storage/artifact-schema.ts';
import type { ArtifactStore } from '../../storage/store.ts';

const amendmentShape: z.ZodType<Amendment> = z.object({
  schema: z.literal('maskloop.amendment/1'),
  id: z.string(),
  number: z.int().min(1),
  by: z.string(),
  at: z.string(),
  seal: artifact.exactOptional(),
  frames: z.array(
    z.object({ imageId: z.string(), name: z.string(), before: z.string(), after: z.string().nullable() }),
  ),
});

/** An amendment and the bytes that the store keeps of it. */
interface Kept {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly amendment: Amendment;
}

function parseAmendment(bytes: Uint8Array, name: string): Amendment {
  const parsed = amendmentShape.safeParse(JSON.parse(new TextDecoder().decode(bytes)));
  if (parsed.success) return parsed.data;
  throw new MaskloopError('ArtifactCorrupt', `${name} is no amendment that this version knows.`, {
    facts: { name, problem: z.prettifyError(parsed.error) },
  });
}

/** All amendments of an iteration, oldest first. @throws MaskloopError `ArtifactCorrupt` for a document that is none; what the store throws */
export async function readAmendments(store: ArtifactStore, id: string): Promise<readonly Kept[]> {
  const start = amendmentName(id, null);
  // The id of an iteration may begin with that of another one.
  const names = (await store.listNamed(start)).filter((name) => !name.slice(start.length).includes('/'));
  const kept: Kept[] = [];
  for (const name of names) {
    const bytes = await store.getNamed(name);
    if (bytes === null) continue;
    kept.push({ name, bytes, amendment: parseAmendment(bytes, name) });
  }
  return kept;
}

async function refOf(store: ArtifactStore, { name, bytes, amendment }: Kept): Promise<AmendmentRef> {
  return { name, document: await store.put(bytes), id: amendment.id, frames: amendment.frames.length };
}

/** The amendments of an iteration that another one wrote. */
export async function amendmentsBy(store: ArtifactStore, id: string, by: string): Promise<readonly AmendmentRef[]> {
  const kept = await readAmendments(store, id);
  return Promise.all(kept.filter(({ amendment }) => amendment.by === by).map((own) => refOf(store, own)));
}

/**
 * Notes what an iteration changes of an earlier one, before it does so. Amendments are never changed; a further try finds
 * the one that it has written.
 */
export async function writeAmendment(
  store: ArtifactStore,
  amended: {
    readonly id: string;
    readonly by: string;
    readonly seal: ArtifactRef | null;
    readonly frames: readonly AmendedFrame[];
  },
): Promise<AmendmentRef> {
  const { id, by, seal } = amended;
  const frames = amended.frames.toSorted((a, b) => (a.imageId < b.imageId ? -1 : 1));
  for (;;) {
    const kept = await readAmendments(store, id);
    const own = kept.find(
      ({ amendment }) => amendment.by === by && JSON.stringify(amendment.frames) === JSON.stringify(frames),
    );
    if (own !== undefined) return refOf(store, own);
    const number = (kept.at(-1)?.amendment.number ?? 0) + 1;
    const amendment: Amendment = {
      schema: 'maskloop.amendment/1',
      id,
      number,
      by,
      at: new Date().toISOString(),
      ...(seal === null ? {} : { seal }),
      frames,
    };
    const bytes = Buffer.from(`${JSON.stringify(amendment, null, 2)}\n`);
    const name = amendmentName(id, number);
    if (await store.createNamed(name, bytes)) return refOf(store, { name, bytes, amendment });
  }
}
