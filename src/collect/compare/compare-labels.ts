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
import { openSeal, type JobSection, type OpenSeal } from '../read-seal.ts';
import type { SealedJob } from '../seal-lines.ts';
import { sealedFrames } from '../sealed-frames.ts';
import { compareFrame } from './compare-frame.ts';
import { namePeople } from './name-people.ts';
import { preannotatedImages } from './preannotated-images.ts';
import { sealedDrawing } from './sealed-drawing.ts';
import { sumClasses, sumFrames, sumGroups } from './sum-corrections.ts';
import { summarize } from './summarize.ts';

export interface CompareRequest {
  readonly store: ArtifactStore;
  /** The document that was imported. */
  readonly preannotations: ArtifactRef;
  /** Jobs that the import left alone; their frames are not compared. */
  readonly leftAlone: ReadonlySet<number>;
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
}

/**
 * Compares what was imported with what people made of it. Frames that were deleted, that nobody finished, or that the
 * document has no image for are left out and counted. Only one frame is drawn at a time.
 *
 * @returns a summary, and the manifest ({@link ComparisonManifest}) with all frames in the store
 * @throws MaskloopError `ArtifactCorrupt`, `InvalidDataset`, `CategoryMissing`, `FrameSizeMismatch`, `UnsupportedShape`;
 *   what the store throws; the signal's reason if aborted
 */
export async function compareLabels(request: CompareRequest): Promise<ComparisonRef> {
  const { store, categories, people } = request;
  const { frames, notCompared, jobs } = await compareFrames(request);
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
  const { jobs, sections } = noted(open);
  for await (const content of sealedFrames({ frames: open.frames, jobs: sections })) {
    signal.throwIfAborted();
    const { name, frame, state } = content.frame;
    const own = jobs.filter(({ startFrame, stopFrame }) => startFrame <= frame && frame <= stopFrame);
    const isLeft = own.some(({ id }) => request.leftAlone.has(id));
    const before = state === 'labelled' && !isLeft ? preannotated(content.frame) : null;
    if (before === null) {
      const why = isLeft ? 'not imported' : 'no pre-annotations';
      notCompared.push({ name, frame, why: state === 'labelled' ? why : state });
    } else {
      const job = own[0]?.id ?? 0;
      frames.push({ name, frame, job, ...compareFrame(before, sealedDrawing(content, categoryOf)) });
    }
    onFrame?.(frames.length + notCompared.length, open.frames.length);
    await setImmediate();
  }
  return { frames, notCompared, jobs };
}

/** The jobs of a seal, noted as they are read: a frame comes only after all jobs that have it. */
function noted(open: OpenSeal): { jobs: SealedJob[]; sections: () => AsyncGenerator<JobSection> } {
  const jobs: SealedJob[] = [];
  return {
    jobs,
    sections: async function* () {
      for await (const section of open.jobs()) {
        jobs.push(section.job);
        yield section;
      }
    },
  };
}
