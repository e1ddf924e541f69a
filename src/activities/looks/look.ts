import { randomUUID } from 'node:crypto';
import { ANSWER_LIVES_MS, ANSWERS, type LookActivities, type LookRequest } from '../../contracts/look.ts';
import type { ArtifactStore } from '../../storage/store.ts';
import type { ActivityDependencies } from '../dependencies.ts';
import { durable } from '../durable.ts';
import { editsOfJobs } from './edits-of-jobs.ts';
import { jobsOfTasks, LOOK_LIMITS, type LookLimits } from './jobs-of-tasks.ts';
import { labelsOfTask } from './labels-of-task.ts';
import { listFolder } from './list-folder.ts';
import { pictureOfFrame } from './picture-of-frame.ts';
import { referToFolder } from './refer-to-folder.ts';

/** What a server asks for a page: the answer waits in the store until it is fetched, since it may be larger than Temporal carries. */
export function createLook(
  { connect, store }: Pick<ActivityDependencies, 'connect' | 'store'>,
  limits: LookLimits = LOOK_LIMITS,
): LookActivities['look'] {
  const edits = editsOfJobs();
  const seen = async (request: LookRequest, signal: AbortSignal): Promise<Uint8Array> => {
    if (request.kind === 'folder') return jsonBytes(await listFolder(request));
    if (request.kind === 'reference') return jsonBytes(await referToFolder(request, signal));
    const { cvat } = connect(request.connection);
    if (request.kind === 'labels') return jsonBytes(await labelsOfTask({ cvat, store }, request, signal));
    if (request.kind === 'picture') return pictureOfFrame({ cvat, store }, request, signal);
    return jsonBytes(await jobsOfTasks(cvat, request, { edits, signal, limits }));
  };
  return durable(async (request, { signal }) => {
    const content = await seen(request, signal);
    await removeForgotten(store);
    const name = `${ANSWERS}${Date.now()}-${randomUUID()}`;
    await store.putNamed(name, content);
    return { name, bytes: content.length };
  });
}

function jsonBytes(value: unknown): Uint8Array {
  return Buffer.from(JSON.stringify(value));
}

/** Answers that nobody has fetched: the server was ended meanwhile. */
async function removeForgotten(store: ArtifactStore): Promise<void> {
  for (const name of await store.listNamed(ANSWERS)) {
    const [madeAt = ''] = name.slice(ANSWERS.length).split('-');
    if (Date.now() - Number(madeAt) > ANSWER_LIVES_MS) await store.removeNamed(name);
  }
}
