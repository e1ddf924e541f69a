import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TrainingSetRef } from '../../src/contracts/training-set.ts';
import { readSubmission } from '../../src/activities/read-manifest.ts';
import type { SubmissionRef } from '../../src/contracts/training.ts';
import { SANDBOX_MODEL } from '../../src/sandbox/monai/start-sandbox-monai.ts';
import { SCENE_MODEL_LABELS } from '../../src/sandbox/scenes/categories.ts';
import { hashBytes } from '../../src/storage/file-hash.ts';
import { openActivitySite, type ActivitySite, type SiteOptions } from './activity-site.ts';
import { imagesOf, sealIteration, type SealedIteration } from './sealed-iteration.ts';

/** The second one numbers the classes in another way. */
const MODELS = {
  [SANDBOX_MODEL]: SCENE_MODEL_LABELS,
  other: { fat: 3, instrument: 1, gallbladder: 2 },
};

export interface Decisions {
  readonly putBack: boolean;
  readonly approved: readonly string[];
}

/** A site with one sealed iteration of four frames, one of which is held out; it knows what may be trained on. */
export interface TrainingDesk {
  readonly site: ActivitySite;
  readonly first: SealedIteration;
  readonly heldOut: ReadonlySet<string>;
  readonly trained: ReadonlySet<string>;
  /** Seals a second task of the project, with pictures of its own or those of the first. */
  second(options?: { readonly samePictures: boolean }): Promise<SealedIteration>;
  submit(iteration: SealedIteration, decisions?: Decisions): Promise<SubmissionRef>;
  check(iteration: SealedIteration, submission: SubmissionRef, decisions?: Decisions): Promise<TrainingSetRef>;
  /** Compares with what its last check has found. */
  checkAfter(iteration: SealedIteration, submission: SubmissionRef): Promise<TrainingSetRef>;
  /** Notes an image that somebody else has stored. */
  own(id: string): void;
  /** Puts a label that nobody sealed, of the right size, as somebody else. */
  putForeign(id: string): Promise<Uint8Array>;
  /** @throws Error if a frame that is held out, the picture of one, or one that nobody sealed, is left in the training set */
  close(): Promise<void>;
}

export async function openTrainingDesk(options: Pick<SiteOptions, 'isRunning'> = {}): Promise<TrainingDesk> {
  const sandboxMonai = { watcherLimit: null, watcherMs: 30, epochMs: 1, startMs: 1, exitMs: 1, models: MODELS };
  const site = await openActivitySite({ frames: 4, sandboxMonai, ...options });
  const first = await sealIteration(site);
  const [heldOut, trained, foreign] = [new Set<string>(), new Set<string>(), new Set<string>()];
  const heldOutPictures = new Set<string>();
  const began = new Map<string, TrainingSetRef>();
  return {
    site,
    first,
    heldOut,
    trained,
    second: async ({ samePictures } = { samePictures: false }) => {
      const pictures = samePictures ? { images: site.input.images } : {};
      return sealIteration(site, { task: 'Iteration_2', ...pictures });
    },
    async submit(iteration, decisions) {
      const decided = decisions === undefined ? {} : { decisions };
      const submission = await site.run('submitLabels', { ...iteration, ...decided });
      const images = await imagesOf(site, submission);
      for (const id of images.heldOut) heldOut.add(id);
      for (const id of images.training) trained.add(id);
      const { frames } = await readSubmission(site.store, submission.manifest);
      for (const { part, imageSha256 = '' } of frames) if (part === 'heldOut') heldOutPictures.add(imageSha256);
      return submission;
    },
    check: async (iteration, submission, decisions) => {
      const decided = decisions === undefined ? {} : { decisions };
      const found = await site.run('checkTrainingSet', { ...iteration, submission, ...decided });
      began.set(iteration.id, found);
      return found;
    },
    async checkAfter(iteration, submission) {
      const found = began.get(iteration.id);
      if (found === undefined) throw new Error('nothing was checked before');
      return site.run('checkTrainingSet', { ...iteration, submission, began: found });
    },
    own: (id) => void foreign.add(id),
    async putForeign(id) {
      const bytes = await readFile(join(site.scenes.masksDir, 'frame_000003.png'));
      foreign.add(id);
      await site.monai.putLabel({ imageId: id, tag: 'final', fileName: `${id}.png`, bytes, labelInfo: [] });
      return bytes;
    },
    async close() {
      const listed = await site.monai.trainingSet();
      const pictures = await Promise.all(listed.map(async (id) => hashBytes((await site.monai.getImage(id)) ?? '')));
      await site.close();
      const wrong = listed.filter(
        (id, index) =>
          heldOut.has(id) || heldOutPictures.has(pictures[index] ?? '') || (!trained.has(id) && !foreign.has(id)),
      );
      if (wrong.length > 0) throw new Error(`MONAI Label would train on ${wrong.join(', ')}`);
    },
  };
}

/** What an activity is refused with. */
export interface Refused {
  readonly type: string;
  readonly message: string;
  readonly facts: Readonly<Record<string, unknown>>;
}

/** The failure of an activity that is expected to fail. */
export async function refusedBy(work: Promise<unknown>): Promise<Refused> {
  const error: unknown = await work.then(
    () => null,
    (reason: unknown) => reason,
  );
  const { type, message, details } = error as { type: string; message: string; details: [Refused['facts']] };
  return { type, message, facts: details[0] };
}
