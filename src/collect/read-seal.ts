import { z } from 'zod';
import { MaskloopError } from '../contracts/error.ts';
import type { ArtifactRef } from '../contracts/refs.ts';
import type { JobContent, NativeShape, Tag, Track } from '../cvat/native.ts';
import type { ArtifactStore } from '../storage/store.ts';
import { sealLine, type SealedFrame, type SealedJob, type SealHead, type SealLine } from './seal-lines.ts';

/** One job of a seal with all that it holds. */
export interface JobSection {
  readonly job: SealedJob;
  readonly content: JobContent;
}

export interface OpenSeal {
  readonly head: SealHead;
  readonly labels: readonly { readonly id: number; readonly name: string; readonly parentId?: number }[];
  /** By frame number. */
  readonly frames: readonly SealedFrame[];
  /** By first frame, then id; to be read once, and to the end, where the hash is checked. */
  jobs(): AsyncGenerator<JobSection>;
}

/**
 * Opens a seal. Labels and frames are read at once, jobs one after the other.
 *
 * @throws MaskloopError `ArtifactCorrupt` for what is no seal, here or while the jobs are read; what the store throws
 */
export async function openSeal(store: ArtifactStore, ref: ArtifactRef): Promise<OpenSeal> {
  const lines = linesOf(store, ref);
  const first = await lines.next();
  if (first.done === true || !('seal' in first.value)) throw noSeal(ref, 'it does not begin as one');
  const { seal: head } = first.value;
  const labels: OpenSeal['labels'][number][] = [];
  const frames: SealedFrame[] = [];
  let next = await lines.next();
  for (; next.done !== true; next = await lines.next()) {
    if ('label' in next.value) labels.push(next.value.label);
    else if ('frame' in next.value) frames.push(next.value.frame);
    else break;
  }
  if (frames.length !== head.frames) throw noSeal(ref, `it has ${frames.length} of ${head.frames} frames`);
  return { head, labels, frames, jobs: () => sections(ref, lines, next) };
}

async function* sections(
  ref: ArtifactRef,
  lines: AsyncGenerator<SealLine, void>,
  first: IteratorResult<SealLine, void>,
): AsyncGenerator<JobSection> {
  let next = first;
  while (next.done !== true) {
    if (!('job' in next.value)) throw noSeal(ref, 'something in it belongs to no job');
    const { job } = next.value;
    const content: { shapes: NativeShape[]; tracks: Track[]; tags: Tag[] } = { shapes: [], tracks: [], tags: [] };
    for (next = await lines.next(); next.done !== true && !('job' in next.value); next = await lines.next()) {
      if ('shape' in next.value) content.shapes.push(next.value.shape);
      else if ('track' in next.value) content.tracks.push(next.value.track);
      else if ('tag' in next.value) content.tags.push(next.value.tag);
      else throw noSeal(ref, `a line of job ${job.id} does not belong there`);
    }
    yield { job, content };
  }
}

async function* linesOf(store: ArtifactStore, ref: ArtifactRef): AsyncGenerator<SealLine, void> {
  const decoder = new TextDecoder();
  const chunks: AsyncIterable<Uint8Array> = await store.open(ref);
  let rest = '';
  for await (const chunk of chunks) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) yield parseLine(line, ref);
  }
  if (rest !== '') throw noSeal(ref, 'its last line has no end');
}

function parseLine(text: string, ref: ArtifactRef): SealLine {
  const parsed = sealLine.safeParse(jsonOf(text, ref));
  if (parsed.success) return parsed.data;
  throw noSeal(ref, z.prettifyError(parsed.error));
}

function jsonOf(text: string, ref: ArtifactRef): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw noSeal(ref, 'one of its lines is not JSON');
  }
}

function noSeal(ref: ArtifactRef, problem: string): MaskloopError {
  return new MaskloopError('ArtifactCorrupt', `${ref.uri} is not a seal that this version knows: ${problem}.`, {
    facts: { uri: ref.uri, problem },
  });
}
