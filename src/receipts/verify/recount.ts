import type { LabelManifest } from '../../contracts/manifests.ts';
import type { Receipt } from '../../contracts/receipt.ts';
import { parseCocoDocument } from '../../coco/parse-document.ts';
import { readMask } from '../../coco/read-mask.ts';
import { openSeal } from '../../collect/read-seal.ts';
import { readLabels } from '../../collect/read-labels.ts';
import type { ArtifactStore } from '../../storage/store.ts';
import { readCarriedFrames } from '../carried-frames.ts';
import { readComparedFrames, readSubmittedFrames } from '../manifests.ts';
import type { Recount } from './verification.ts';

/** One thing to count again. It is left out where an artifact that it needs is not sound. */
export interface Recounting {
  readonly at: string;
  readonly count: (store: ArtifactStore, signal: AbortSignal) => Promise<readonly Recount[]>;
}

/** A statement and what was counted, as texts that are equal if all is well. */
export function recount(what: string, stated: number | string, counted: number | string): Recount {
  return { what, stated: String(stated), counted: String(counted) };
}

/** What can be counted again of the masks, the seal, the labels and the comparison of a receipt. */
export function recountings({ results }: Receipt): readonly Recounting[] {
  const { dataset, seal, labels, comparison, submission, completion } = results;
  return [
    ...(dataset === undefined ? [] : [{ at: 'results.dataset', count: datasetCounter(dataset) }]),
    ...(completion?.carriedFrames === undefined
      ? []
      : [{ at: 'results.completion', count: carriedCounter(completion) }]),
    ...(seal === undefined ? [] : [{ at: 'results.seal', count: sealCounter(seal) }]),
    ...(labels === undefined ? [] : [{ at: 'results.labels', count: labelCounter(labels, seal?.artifact.sha256) }]),
    ...(comparison === undefined || 'failed' in comparison
      ? []
      : [{ at: 'results.comparison', count: comparisonCounter(comparison) }]),
    ...(submission === undefined || labels === undefined
      ? []
      : [{ at: 'results.submission', count: submissionCounter(submission, labels) }]),
  ];
}

type Of<K extends keyof Receipt['results']> = NonNullable<Receipt['results'][K]>;

function datasetCounter({ document, images, annotations }: Of<'dataset'>): Recounting['count'] {
  return async (store) => {
    const read = parseCocoDocument(await store.get(document), document.uri);
    return [
      recount('images of the document', images, read.images.length),
      recount('annotations of the document', annotations, read.annotations.length),
    ];
  };
}

function carriedCounter(completion: Of<'completion'>): Recounting['count'] {
  return async (store) => {
    const carried = await readCarriedFrames(store, { results: { completion } });
    return [recount('carried frames', completion.unfinishedFrames?.total ?? 0, carried?.frames.length ?? 0)];
  };
}

function sealCounter(seal: Of<'seal'>): Recounting['count'] {
  return async (store) => {
    const open = await openSeal(store, seal.artifact);
    const counted = { jobs: 0, shapes: 0, tracks: 0, tags: 0 };
    for await (const { content } of open.jobs()) {
      counted.jobs += 1;
      counted.shapes += content.shapes.length;
      counted.tracks += content.tracks.length;
      counted.tags += content.tags.length;
    }
    const inState = (wanted: string): number => open.frames.filter(({ state }) => state === wanted).length;
    return [
      recount('jobs of the seal', seal.jobs, counted.jobs),
      recount('frames of the seal', seal.frames, open.frames.length),
      recount('deleted frames', seal.deletedFrames, inState('deleted')),
      recount('unfinished frames', seal.unfinishedFrames, inState('unfinished')),
      recount('shapes of the seal', seal.shapes, counted.shapes),
      recount('tracks of the seal', seal.tracks, counted.tracks),
      recount('tags of the seal', seal.tags, counted.tags),
    ];
  };
}

function labelCounter(labels: Of<'labels'>, seal: string | undefined): Recounting['count'] {
  return async (store, signal) => {
    const manifest = await readLabels(store, labels.manifest);
    const [labelled, wrong] = await countPixels(store, manifest, signal);
    return [
      recount('frames with a label', labels.frames, manifest.frames.length),
      recount('frames with labelled pixels', labels.labelledFrames, labelled),
      recount('labels with other pixels than stated', 0, wrong),
      ...(seal === undefined || labels.seal === undefined
        ? []
        : [recount('seal that the labels were built from', labels.seal, seal)]),
    ];
  };
}

/** Numbers of PNGs with a labelled pixel, and of those whose size or count of pixels is not that of the manifest. */
async function countPixels(
  store: ArtifactStore,
  { frames }: LabelManifest,
  signal: AbortSignal,
): Promise<readonly [number, number]> {
  let [labelled, wrong] = [0, 0];
  for (const { name, label, labelledPixels, width, height } of frames) {
    signal.throwIfAborted();
    const mask = readMask(await store.get(label), name);
    let pixels = 0;
    for (const value of mask.values) if (value !== 0) pixels += 1;
    if (pixels > 0) labelled += 1;
    if (pixels !== labelledPixels || mask.width !== width || mask.height !== height) wrong += 1;
  }
  return [labelled, wrong];
}

function comparisonCounter(comparison: Exclude<Of<'comparison'>, { failed: string }>): Recounting['count'] {
  return async (store) => {
    const { frames } = await readComparedFrames(store, comparison.manifest);
    const sum = (of: (frame: (typeof frames)[number]) => number): number => frames.reduce((all, f) => all + of(f), 0);
    return [
      recount('frames that were compared', comparison.frames, frames.length),
      recount(
        'changed pixels',
        comparison.changedPixels,
        sum(({ changedPixels }) => changedPixels),
      ),
      recount(
        'pixels with a class',
        comparison.unionPixels,
        sum(({ unionPixels }) => unionPixels),
      ),
    ];
  };
}

function submissionCounter(submission: Of<'submission'>, labels: Of<'labels'>): Recounting['count'] {
  return async (store) => {
    const { frames } = await readSubmittedFrames(store, submission.manifest);
    const sealed = new Map((await readLabels(store, labels.manifest)).frames.map(({ name, label }) => [name, label]));
    const trained = frames.filter(({ part }) => part === 'training');
    const unmeasured = frames.filter((frame) => frame.unmeasured === true).length;
    const { copies, others: ofOthers } = submission.unmeasured ?? { copies: 0, others: 0 };
    const others = trained.filter(({ name, label }) => sealed.get(name)?.sha256 !== label.sha256);
    return [
      recount('frames trained on', submission.training, trained.length),
      recount('frames held out', submission.heldOut, frames.length - trained.length),
      recount('frames held out and not measured', copies + ofOthers, unmeasured),
      recount('labels trained on that are not the sealed ones', 0, others.length),
    ];
  };
}
