import type { PeopleSetting } from '../../contracts/comparison.ts';
import type { FrameOrigins, OriginCounts, OriginsManifest, OriginsRef } from '../../contracts/origins.ts';
import { toRanges, type FirstRanges } from '../../contracts/ranges.ts';
import type { ArtifactRef } from '../../contracts/refs.ts';
import type { ArtifactStore } from '../../storage/store.ts';
import { openSeal } from '../read-seal.ts';
import { sealedFrames } from '../sealed-frames.ts';
import { excerpt, shortened } from './excerpt.ts';
import { namePeople } from './name-people.ts';
import { jobsOf, notedJobs } from './noted-jobs.ts';
import { asImported, countSources, sumOrigins, touched } from './sum-origins.ts';

export interface OriginsRequest {
  readonly store: ArtifactStore;
  /** A seal as `write-seal` writes it. */
  readonly seal: ArtifactRef;
  readonly people: PeopleSetting;
  readonly signal: AbortSignal;
  readonly onFrame?: (done: number, total: number) => void;
}

type Frames = OriginsManifest['frames'];

const EXCERPT_BYTES = { classes: 1500, jobs: 900, people: 900 } as const;

/** Ranges of frames that travel; the manifest has all. */
const MOST_RANGES = 20;

/**
 * Counts where the sealed shapes come from, by their `source` alone: all types, tracks on each frame that they show. Only
 * frames with a label count. Of what was removed, and of how much an edited shape has changed, `source` says nothing.
 *
 * @returns a summary, and the manifest ({@link OriginsManifest}) with all frames in the store
 * @throws MaskloopError `ArtifactCorrupt`; what the store throws; the signal's reason if aborted
 */
export async function countOrigins(request: OriginsRequest): Promise<OriginsRef> {
  const { store, people, signal, onFrame } = request;
  const open = await openSeal(store, request.seal);
  const { jobs, sections } = notedJobs(open);
  const labelNames = new Map(open.labels.map(({ id, name }) => [id, name]));
  const frames: Frames[number][] = [];
  const byClass = new Map<string, OriginCounts>();
  let done = 0;
  for await (const { frame: sealed, shapes } of sealedFrames({ frames: open.frames, jobs: sections })) {
    signal.throwIfAborted();
    const { name, frame, state } = sealed;
    if (state === 'labelled') {
      const job = jobsOf(jobs, frame)[0]?.id ?? 0;
      frames.push({ name, frame, job, shapes: countSources(shapes) });
      for (const shape of shapes) {
        const label = labelNames.get(shape.labelId) ?? `of id ${shape.labelId}`;
        const known = byClass.get(label);
        byClass.set(label, sumOrigins([...(known === undefined ? [] : [known]), countSources([shape])]));
      }
    }
    done += 1;
    onFrame?.(done, open.frames.length);
  }
  const assigneeOf = new Map(jobs.map(({ id, assignee }) => [id, assignee]));
  const nameOf = namePeople([...assigneeOf.values()], people);
  const manifest: OriginsManifest = {
    schema: 'maskloop.origins/1',
    shapes: sumOrigins(frames.map(({ shapes }) => shapes)),
    classes: [...byClass].map(([name, shapes]) => ({ name, shapes })),
    jobs: grouped(frames, ({ job }) => job).map(([job, sum]) => ({ job, ...sum })),
    people:
      nameOf === null
        ? null
        : grouped(frames, ({ job }) => nameOf(assigneeOf.get(job) ?? null)).map(([person, sum]) => ({
            person,
            ...sum,
          })),
    frames,
  };
  return summaryOf(manifest, await store.put(Buffer.from(JSON.stringify(manifest))));
}

/** Sums by groups of frames, in the order in which the groups first occur. */
function grouped<K>(frames: Frames, groupOf: (frame: Frames[number]) => K): [K, FrameOrigins][] {
  const groups = new Map<K, OriginCounts[]>();
  for (const frame of frames) {
    const own = groups.get(groupOf(frame)) ?? [];
    own.push(frame.shapes);
    groups.set(groupOf(frame), own);
  }
  return [...groups].map(([group, own]) => [group, { frames: own.length, shapes: sumOrigins(own) }]);
}

function summaryOf({ shapes, classes, jobs, people, frames }: OriginsManifest, manifest: ArtifactRef): OriginsRef {
  const named = classes.map((one) => ({ ...one, name: shortened(one.name) }));
  const persons = people?.map((one) => ({ ...one, person: one.person === null ? null : shortened(one.person) }));
  return {
    manifest,
    frames: frames.length,
    shapes,
    asImported: firstOf(frames.filter((one) => touched(one.shapes) === 0 && asImported(one.shapes) > 0)),
    touched: firstOf(frames.filter((one) => touched(one.shapes) > 0)),
    classes: excerpt(named.toSorted(mostTouched), EXCERPT_BYTES.classes),
    jobs: excerpt(jobs.toSorted(mostTouched), EXCERPT_BYTES.jobs),
    people: persons === undefined ? null : excerpt(persons.toSorted(mostTouched), EXCERPT_BYTES.people),
  };
}

function mostTouched(a: { readonly shapes: OriginCounts }, b: { readonly shapes: OriginCounts }): number {
  return touched(b.shapes) - touched(a.shapes);
}

function firstOf(frames: Frames): FirstRanges {
  const first = toRanges(frames.map(({ frame }) => frame)).slice(0, MOST_RANGES);
  return { total: frames.length, first };
}
