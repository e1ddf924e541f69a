import { z } from 'zod';
import { MaskloopError } from '../contracts/error.ts';
import { amendmentName } from '../contracts/ids.ts';
import type { Amendment } from '../contracts/training-set.ts';
import { artifactSchema as artifact } from '../storage/artifact-schema.ts';
import type { ArtifactStore } from '../storage/store.ts';

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
export interface KeptAmendment {
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
export async function readAmendments(
  store: Pick<ArtifactStore, 'getNamed' | 'listNamed'>,
  id: string,
): Promise<readonly KeptAmendment[]> {
  const start = amendmentName(id, null);
  // The id of an iteration may begin with that of another one.
  const names = (await store.listNamed(start)).filter((name) => !name.slice(start.length).includes('/'));
  const kept: KeptAmendment[] = [];
  for (const name of names) {
    const bytes = await store.getNamed(name);
    if (bytes === null) continue;
    kept.push({ name, bytes, amendment: parseAmendment(bytes, name) });
  }
  return kept;
}
