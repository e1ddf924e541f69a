import type { Actor, Change } from '../state/changes.ts';
import type { CvatState } from '../state/cvat-state.ts';

type Values = Readonly<Record<string, unknown>>;
type Oddity = (view: Values, state: CvatState, id: number) => Values;

/** What a view in a message has other than the same view in an answer, as recorded of each version. */
export function recordedOddities(state: CvatState, change: Change, actor: Actor | undefined, view: Values): Values {
  const isOld = state.version === '2.54.1';
  const isWorker = actor?.isWorker !== false;
  const chosen: Oddity[] = [];
  if (change.kind === 'task') chosen.push(isOld ? oldAwaitedData : awaitedData);
  if (change.kind === 'task' && isOld && change.action !== 'delete' && change.isAddressed !== true) {
    chosen.push(uncountedJobs);
  }
  if (change.kind === 'job' && change.action === 'create' && isWorker && !isOld) chosen.push(jobWithoutData);
  if (isWorker) chosen.push(isOld ? oldWorkerView : workerView);
  return chosen.reduce((shown, oddity) => oddity(shown, state, Number(change.id)), view);
}

/** From the first upload on a task has an entry for its data, of which nothing is known yet. */
const awaitedData: Oddity = (view, state, id) => {
  const task = state.tasks.get(id);
  if (task === undefined || task.data !== null || task.dataId === null) return view;
  return { ...view, data_cloud_storage_id: null, size: 0, data: task.dataId };
};

const oldAwaitedData: Oddity = (view, state, id) => {
  const task = state.tasks.get(id);
  if (task === undefined || task.data !== null || task.dataId === null) return view;
  return {
    ...view,
    data_chunk_size: null,
    data_original_chunk_type: 'imageset',
    data_compressed_chunk_type: 'imageset',
    data_cloud_storage_id: null,
    size: 0,
    image_quality: 50,
    data: task.dataId,
  };
};

/** Jobs are counted by the list's query only, which a task that is changed on the way does not come from. */
const uncountedJobs: Oddity = (view) => ({
  ...view,
  jobs: { count: 0, completed: null, validation: null, url: urlOf(view['jobs']) },
});

/** Jobs are made before their task has its data. */
const jobWithoutData: Oddity = (view) => ({
  ...view,
  dimension: '',
  mode: '',
  media_type: '',
  frame_count: 1,
  data_chunk_size: null,
  data_compressed_chunk_type: '',
  data_original_chunk_type: '',
});

const workerView: Oddity = (view) => ('issues' in view ? { ...view, issues: null } : view);

/** A worker has no request that addresses could be built from. */
const oldWorkerView: Oddity = (view) => {
  const shown: Record<string, unknown> = { ...view };
  if ('issues' in view) shown['issues'] = null;
  if ('labels' in view) shown['labels'] = null;
  for (const name of ['jobs', 'tasks']) {
    if (typeof view[name] === 'object' && view[name] !== null) shown[name] = { ...view[name], url: null };
  }
  return shown;
};

function urlOf(value: unknown): unknown {
  return typeof value === 'object' && value !== null && 'url' in value ? value.url : null;
}
