import { createHash } from 'node:crypto';
import { readHeldOut, readSubmission } from '../../../src/activities/read-manifest.ts';
import type { ModelBeforeRef } from '../../../src/contracts/gate.ts';
import type { SubmissionRef } from '../../../src/contracts/training.ts';
import type { MonaiLabel } from '../../../src/monai/monai.ts';
import type { ArtifactStore } from '../../../src/storage/store.ts';
import { narrowMask } from '../../../src/coco/narrow-mask.ts';
import { readMask } from '../../../src/coco/read-mask.ts';
import { writeMask } from '../../../src/coco/write-mask.ts';
import type { WrittenPicture } from './fine-tune-files.ts';

/** A request for a training, and what the server offered to it at that moment. */
export interface WitnessedRequest {
  readonly name: string;
  readonly text: string;
  /** SHA-256 of the final label by image id. */
  readonly labels: ReadonlyMap<string, string>;
}

/** Watches what a MONAI Label is asked to train on, and knows what may be trained on. */
export interface TrainingWitness {
  /** The same client, whose requests for trainings are noted. */
  readonly monai: MonaiLabel;
  readonly requests: readonly WitnessedRequest[];
  /** Images that are never to be trained on. */
  readonly heldOut: ReadonlySet<string>;
  /** Hash of the sealed label by image id. */
  readonly sealed: ReadonlyMap<string, string>;
  /** Notes a picture, its label in the model's numbers, and whether it may be learned from, as the test knows it. */
  shown(picture: WrittenPicture, indexOf: readonly number[]): void;
  submitted(submission: SubmissionRef): Promise<void>;
  measured(before: ModelBeforeRef): Promise<void>;
  /** What of these labels was not sealed, or is held out, in words. */
  wrongIn(labels: ReadonlyMap<string, string>): readonly string[];
  /** What is wrong in any request so far and in the datastore as it is; empty if all is well. */
  complaints(): Promise<readonly string[]>;
}

function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(new Uint8Array(bytes)).digest('hex');
}

/** SHA-256 of every label that a training would read now, by image id. */
export async function offeredLabels(monai: MonaiLabel): Promise<ReadonlyMap<string, string>> {
  const labels = new Map<string, string>();
  for (const id of await monai.trainingSet()) {
    const bytes = await monai.getLabel(id, 'final');
    labels.set(id, bytes === null ? 'gone' : hashOf(bytes));
  }
  return labels;
}

export function createTrainingWitness(monai: MonaiLabel, store: ArtifactStore): TrainingWitness {
  const requests: WitnessedRequest[] = [];
  const [heldOut, sealed] = [new Set<string>(), new Map<string, string>()];
  /** By SHA-256 of the picture: the hash of the label that may be learned, null for none. */
  const drawn = new Map<string, string | null>();
  /** SHA-256 of the picture by image id: a server never changes it. */
  const pictures = new Map<string, string>();
  const look = async (): Promise<ReadonlyMap<string, string>> => {
    const labels = await offeredLabels(monai);
    for (const id of labels.keys()) {
      if (!pictures.has(id)) pictures.set(id, hashOf((await monai.getImage(id)) ?? Buffer.alloc(0)));
    }
    return labels;
  };
  const wrongIn: TrainingWitness['wrongIn'] = (labels) =>
    [...labels].flatMap(([id, sha256]) => {
      if (heldOut.has(id)) return [`${id} is held out`];
      const label = drawn.get(pictures.get(id) ?? '');
      if (label === null) return [`${id} has a picture that is held out`];
      if (label !== sha256) return [`${id} has a label that nobody drew`];
      return sealed.has(id) && sealed.get(id) !== sha256 ? [`${id} has a label that nobody sealed`] : [];
    });
  return {
    monai: {
      ...monai,
      startTraining: async (model, request, signal) => {
        const labels = await look();
        const task = await monai.startTraining(model, request, signal);
        requests.push({ name: request.name, text: JSON.stringify([model, request]), labels });
        return task;
      },
    },
    requests,
    heldOut,
    sealed,
    wrongIn,
    shown: ({ image, label, isForbidden }, indexOf) => {
      const mask = readMask(label, 'label');
      const values = Uint16Array.from(mask.values, (value) => (value === 0 ? 0 : (indexOf[value - 1] ?? 0)));
      drawn.set(hashOf(image), isForbidden ? null : hashOf(writeMask(narrowMask({ ...mask, values }))));
    },
    submitted: async ({ manifest }) => {
      for (const { imageId, part, submittedSha256 } of (await readSubmission(store, manifest)).frames) {
        if (part === 'heldOut') heldOut.add(imageId);
        else if (submittedSha256 !== null) sealed.set(imageId, submittedSha256);
      }
    },
    measured: async (before) => {
      for (const { imageId } of (await readHeldOut(store, before.heldOut)).frames) heldOut.add(imageId);
    },
    complaints: async () => [
      ...requests.flatMap(({ name, labels }) => wrongIn(labels).map((what) => `request ${name}: ${what}`)),
      ...requests.flatMap(({ name, text }) =>
        [...heldOut].filter((id) => text.includes(id)).map((id) => `request ${name} names ${id}, which is held out`),
      ),
      ...wrongIn(await look()).map((what) => `datastore: ${what}`),
    ],
  };
}
