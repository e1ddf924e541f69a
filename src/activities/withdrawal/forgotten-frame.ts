import { z } from 'zod';
import { MaskloopError } from '../../contracts/error.ts';
import { forgottenName } from '../../contracts/ids.ts';
import type { ForgottenFrame, FramePlace } from '../../contracts/withdrawal.ts';
import type { ArtifactStore } from '../../storage/store.ts';

const forgotten: z.ZodType<ForgottenFrame> = z.object({
  schema: z.literal('maskloop.forgotten/1'),
  connection: z.string(),
  project: z.string(),
  task: z.string(),
  frame: z.string(),
  imageId: z.string(),
  images: z.array(z.string()),
  by: z.string(),
  note: z.string().nullable(),
  at: z.string(),
});

/** All frames that were forgotten. @throws MaskloopError `ArtifactCorrupt`; what the store throws */
export async function readForgotten(store: ArtifactStore): Promise<readonly ForgottenFrame[]> {
  const found: ForgottenFrame[] = [];
  for (const name of await store.listNamed(forgottenName(null, null))) {
    const bytes = await store.getNamed(name);
    if (bytes === null) continue;
    const parsed = forgotten.safeParse(JSON.parse(new TextDecoder().decode(bytes)));
    if (!parsed.success) {
      throw new MaskloopError('ArtifactCorrupt', `${name} is no forgotten frame that this version knows.`, {
        facts: { name, problem: z.prettifyError(parsed.error) },
      });
    }
    found.push(parsed.data);
  }
  return found;
}

/** Says that a frame is forgotten, before anything of it is removed. What an earlier try has said stays. */
export async function noteForgotten(
  store: ArtifactStore,
  place: FramePlace & { readonly frame: string },
  document: ForgottenFrame,
): Promise<void> {
  await store.createNamed(forgottenName(place, place.frame), Buffer.from(`${JSON.stringify(document, null, 2)}\n`));
}
