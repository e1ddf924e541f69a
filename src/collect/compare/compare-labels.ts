import { setImmediate } from 'node:timers/promises';
import { parseCocoDocument } from '../../coco/parse-document.ts';
import type {
  ComparisonManifest,
  ComparisonRef,
  FrameCorrections,
  NotCompared,
  PeopleSetting,
} from '../../contracts/comparison.ts';
import type { ArtifactRef } from '../../contracts/refs.ts';
import type { ArtifactStore } from '../../storage/store.ts';
import { categoryOfLabels } from '../category-of-labels.ts';
import { openSeal } from '../read-seal.ts';
import type { SealedJob } from '../seal-lines.ts';
import { sealedFrames } from '../sealed-frames.ts';
import { compareFrame } from './compare-frame.ts';
import { namePeople } from './name-people.ts';
import { jobsOf, notedJobs } from './noted-jobs.ts';
import { preannotatedImages } from './preannotated-images.ts';
import { sealedDrawing } from './sealed-drawing.ts';
import { sumClasses, sumFrames, sumGroups } from './sum-corrections.ts';
import { summarize } from './summarize.ts';

export interface CompareRequest {
  readonly store: ArtifactStore;
  /** The document that was imported, or is compared with. */
  readonly preannotations: ArtifactRef;
  /** Jobs that the import left alone; their frames are not compared. */
  readonly leftAlone: ReadonlySet<number>;
  /** Sources of a final shape that nobody has touched; see {@link matchFates}. */
  readonly untouchedSources: readonly string[];
  /** A seal as `write-seal` writes it. */
  readonly seal: ArtifactRef;
  readonly categories: readonly { readonly id: number; readonly name: string }[];
  readonly people: PeopleSetting;
  readonly signal: AbortSignal;
  readonly onFrame?: (done: number, total: number) => void;
}

interface Compared {
  readonly frames: readonly FrameCorrections[];
  readonly notCompared: readonly { readonly name: string; readonly frame: number; readonly why: NotCompared }[];
  /** Jobs of the seal by first frame, then id. */
  readonly jobs: readonly SealedJob[];
  readonly imagesWithoutFrame: readonly string[];
}

/**
 * Compares what was imported, or would have been, with what people made of it. Frames that were deleted, that nobody finished, or that the
 * document has no image for are left out and counted, and so are images that are no frame. Only one frame is drawn at a time.
 *
 * @returns a summary, and the manifest ({@link ComparisonManifest}) with all frames in the store
 * @throws MaskloopError `ArtifactCorrupt`, `InvalidDataset`, `CategoryMissing`, `FrameSizeMismatch`, `UnsupportedShape`;
 *   what the store throws; the signal's reason if aborted
 */
export async function compareLabels(request: CompareRequest): Promise<ComparisonRef> {
  const { store, categories, people } = request;
  const { frames, notCompared, jobs, imagesWithoutFrame } = await compareFrames(request);
  const assigneeOf = new Map(jobs.map(({ id, assignee }) => [id, assignee]));
  const nameOf = namePeople(
    jobs.map(({ assignee }) => assignee),
    people,
  );
  const manifest: ComparisonManifest = {
    schema: 'maskloop.comparison/1',
    total: sumFrames(frames),
    classes: sumClasses(frames, categories),
    jobs: sumGroups(frames, ({ job }) => job).map(({ group: job, sum }) => ({ job, ...sum })),
    people:
      nameOf === null
        ? null
        : sumGroups(frames, ({ job }) => nameOf(assigneeOf.get(job) ?? null)).map(({ group: person, sum }) => ({
            person,
            ...sum,
          })),
    frames,
    notCompared,
    ...(imagesWithoutFrame.length === 0 ? {} : { imagesWithoutFrame }),
  };
  return summarize(manifest, await store.put(Buffer.from(JSON.stringify(manifest))));
}

async function compareFrames({ store, signal, onFrame, ...request }: CompareRequest): Promise<Compared> {
  const { uri } = request.preannotations;
  const document = parseCocoDocument(await store.get(request.preannotations), uri);
  const open = await openSeal(store, request.seal);
  const preannotated = preannotatedImages(document, open.frames);
  const categoryOf = categoryOfLabels(open.labels, request.categories);
  const frames: FrameCorrections[] = [];
  const notCompared: Compared['notCompared'][number][] = [];
  const { jobs, sections } = notedJobs(open);
  for await (const content of sealedFrames({ frames: open.frames, jobs: sections })) {
    signal.throwIfAborted();
    const { name, frame, state } = content.frame;
    const own = jobsOf(jobs, frame);
    const isLeft = own.some(({ id }) => request.leftAlone.has(id));
    const before = state === 'labelled' && !isLeft ? preannotated.draw(content.frame) : null;
    if (before === null) {
      const why = isLeft ? 'not imported' : 'no pre-annotations';
      notCompared.push({ name, frame, why: state === 'labelled' ? why : state });
    } else {
      const job = own[0]?.id ?? 0;
      const after = sealedDrawing(content, categoryOf);
      frames.push({ name, frame, job, ...compareFrame(before, after, request.untouchedSources) });
    }
    onFrame?.(frames.length + notCompared.length, open.frames.length);
    await setImmediate();
  }
  return { frames, notCompared, jobs, imagesWithoutFrame: preannotated.withoutFrame };
}
