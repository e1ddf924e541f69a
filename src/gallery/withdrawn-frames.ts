import { z } from 'zod';
import { exclusionName, forgottenName, frameOfName } from '../contracts/ids.ts';
import type { FramePlace } from '../contracts/withdrawal.ts';
import { eachAtOnce } from '../storage/each-at-once.ts';
import type { ArtifactStore } from '../storage/store.ts';

const exclusion = z.object({ entries: z.array(z.object({ what: z.enum(['exclude', 'include']) })) });

/** Frames that people took out, by the names that CVAT has for them. */
export interface WithdrawnFrames {
  readonly excluded: ReadonlySet<string>;
  readonly forgotten: ReadonlySet<string>;
}

/** Which frames of a task are taken out of training, and which forgotten. @throws MaskloopError `StoreUnreachable` */
export async function withdrawnFrames(store: ArtifactStore, place: FramePlace): Promise<WithdrawnFrames> {
  const forgotten = (await store.listNamed(forgottenName(place, null))).map((name) => frameOfName(name).frame);
  const excluded = new Set<string>();
  await eachAtOnce(await store.listNamed(exclusionName(place, null)), undefined, async (name) => {
    const bytes = await store.getNamed(name);
    const found =
      bytes === null ? undefined : exclusion.safeParse(JSON.parse(Buffer.from(bytes).toString('utf8'))).data;
    if (found?.entries.at(-1)?.what === 'exclude') excluded.add(frameOfName(name).frame);
  });
  return { excluded, forgotten: new Set(forgotten) };
}
