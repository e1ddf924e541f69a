import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from '@jest/globals';
import { writeSeal } from '../../../src/collect/write-seal.ts';
import type { PeopleSetting } from '../../../src/contracts/comparison.ts';
import type { SealRef } from '../../../src/contracts/seal.ts';
import type { Cvat, Job, TaskMeta } from '../../../src/cvat/cvat.ts';
import type { JobContent, NativeShape } from '../../../src/cvat/native.ts';
import { createFolderStore } from '../../../src/storage/folder-store.ts';
import type { ArtifactStore } from '../../../src/storage/store.ts';

/** A task as CVAT would show it. */
export interface Held {
  readonly frames: number;
  /** Name of a frame; `f0.png` and so on where it is left out. */
  readonly nameOf?: (frame: number) => string;
  readonly labels: readonly { id: number; name: string; parentId?: number }[];
  readonly jobs: readonly (Pick<Job, 'id' | 'startFrame' | 'stopFrame'> & {
    complete?: boolean;
    assignee?: string | null;
    updatedAt?: string;
  })[];
  /** The same from reading to reading, counted from 0, where they change. */
  readonly jobsAt?: (reading: number) => Held['jobs'];
  readonly deleted?: readonly number[];
  /** `names` if left out. */
  readonly people?: PeopleSetting;
  readonly content: (job: number) => JobContent;
}

/** A store in a temporary folder, for the tests of one file. */
export function useStore(): () => ArtifactStore {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'maskloop-seal-'));
  });
  afterAll(async () => rm(folder, { recursive: true, force: true }));
  return () => createFolderStore(folder);
}

export function nativeShape(more: Partial<NativeShape> = {}): NativeShape {
  const drawn = {
    type: 'rectangle',
    points: [1, 1, 4, 3],
    zOrder: 0,
    rotation: 0,
    occluded: false,
    outside: false,
  } as const;
  return { id: 1, labelId: 1, frame: 0, group: 0, source: 'manual', attributes: [], elements: [], ...drawn, ...more };
}

export const NOTHING: JobContent = { shapes: [], tracks: [], tags: [] };

/** Seals what is held; frames are 96×64. */
export async function sealOf(store: ArtifactStore, held: Held): Promise<SealRef> {
  const { frames, labels, jobs, jobsAt = () => jobs, deleted = [], people = 'names', content } = held;
  const { nameOf = (frame: number) => `f${frame}.png` } = held;
  const names = Array.from({ length: frames }, (_, i) => ({ name: nameOf(i), width: 96, height: 64 }));
  const meta: TaskMeta = {
    frames: names,
    deletedFrames: deleted,
    size: frames,
    startFrame: 0,
    stopFrame: frames - 1,
    video: null,
  };
  const place = { taskId: 9, projectId: 3, organizationId: null, parentJobId: null };
  const common = { ...place, type: 'annotation', stage: 'annotation', state: 'completed', assignee: null } as const;
  const cvat = {
    taskMeta: async () => meta,
    projectLabels: async () => labels,
    jobContent: async (job: number) => content(job),
  } as unknown as Cvat;
  let readings = 0;
  return writeSeal({
    cvat,
    store,
    task: { taskId: 9, projectId: 3, url: 'http://cvat.test/tasks/9' },
    readJobs: async () => {
      const read = jobsAt(readings);
      readings += 1;
      return read.map((job) => ({ ...common, updatedAt: '2026-01-01T00:00:00Z', complete: true, ...job }));
    },
    people,
    signal: new AbortController().signal,
  });
}
