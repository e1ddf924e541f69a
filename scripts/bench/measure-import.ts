import { setTimeout as sleep } from 'node:timers/promises';
import { parseCocoDocument } from '../../src/coco/parse-document.ts';
import { expectedShapes } from '../../src/activities/expected-shapes.ts';
import type { Cvat, Job, Label, TaskMeta } from '../../src/cvat/cvat.ts';
import { shapeDigest } from '../../src/cvat/shape-digest.ts';

/** Where the time of one import went, in milliseconds. */
export interface ImportTimes {
  /** From the call to the verdict. */
  readonly total: number;
  /** CVAT's own `finished_date - started_date`. */
  readonly server: number;
  /** CVAT's `started_date - created_date`: the import waits for a worker. */
  readonly queued: number;
  /** Uploading and asking for the import. */
  readonly sending: number;
  /** From then to our knowing of its end. */
  readonly waiting: number;
  /** Reading all shapes of the task back. */
  readonly reading: number;
  /** Our own work: reading the document, what it comes to in CVAT, and comparing. */
  readonly own: number;
}

/** Imports a document into a task and compares what the task then holds with what was sent. @throws Error if they differ */
export async function measureImport(
  cvat: Cvat,
  taskId: number,
  { document, ...place }: { document: Uint8Array; meta: TaskMeta; labels: readonly Label[]; jobs: readonly Job[] },
): Promise<ImportTimes> {
  const begin = performance.now();
  const { shapes } = await expectedShapes(parseCocoDocument(document, 'bench'), place);
  const expected = shapeDigest(shapes);
  const prepared = performance.now();
  const requestId = await cvat.startImport(taskId, { bytes: document, fileName: 'bench.json' });
  const sent = performance.now();
  const request = await cvat.waitForRequest(requestId);
  const ended = performance.now();
  const held = await cvat.taskAnnotations(taskId);
  const read = performance.now();
  const isEqual = shapeDigest(held.shapes) === expected;
  const verified = performance.now();
  if (!isEqual) throw new Error(`the task does not hold what was sent: ${request.status} ${request.message}`);
  return {
    total: verified - begin,
    ...(await serverTimes(cvat, requestId)),
    sending: sent - prepared,
    waiting: ended - sent,
    reading: read - ended,
    own: prepared - begin + (verified - read),
  };
}

/** CVAT's own times of a request. The end is written a moment after the state. */
async function serverTimes(cvat: Cvat, requestId: string): Promise<Pick<ImportTimes, 'queued' | 'server'>> {
  for (let tries = 0; tries < 20; tries += 1) {
    const request = await cvat.request(requestId);
    if (request?.startedAt != null && request.finishedAt !== null) {
      const [created, started, finished] = [request.createdAt, request.startedAt, request.finishedAt].map(Date.parse);
      return { queued: (started ?? 0) - (created ?? 0), server: (finished ?? 0) - (started ?? 0) };
    }
    await sleep(100);
  }
  throw new Error('CVAT does not say when it began and ended the import');
}
