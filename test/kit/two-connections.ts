import { placeOfId } from '../../src/contracts/ids.ts';
import type { ModelVersion } from '../../src/models/model-versions.ts';
import type { ListedIteration } from '../../src/operations/lists/listed-iteration.ts';
import type { LoopRow } from '../../src/operations/loops/find-loops.ts';
import type { Looks } from '../../src/operations/looks/looks.ts';
import type { ScheduleRow } from '../../src/operations/schedules/read-schedules.ts';
import { sampleView } from '../unit/cli/fake-context.ts';

/** Stands in whatever is of the connection `default`: nobody of the north may be told of it. */
export const SOUTHERN = 'Southern';

const row = (connection: string, project: string): ListedIteration => ({
  id: connection === 'default' ? `${project}/T` : `${connection}/${project}/T`,
  state: 'running',
  project,
  task: 'T',
  connection,
  step: 'wait',
  waitingFor: 'people',
  since: '2026-03-01T08:00:00.000Z',
  startedAt: '2026-03-01T08:00:00.000Z',
  attention: false,
  deadline: null,
  people: [],
});
/** A running iteration of each connection. */
export const ROWS = [row('default', SOUTHERN), row('north', 'Own')];

/** A model that an iteration has published. */
export const modelOf = (connection: string, iteration: string): ModelVersion => ({
  trainer: null,
  connection,
  model: 'segmentation',
  checksum: 'SHA256:cc',
  isCurrent: true,
  event: 'promoted',
  iteration,
  dice: 0.5,
  classes: {},
  frames: null,
  by: null,
  at: '2026-03-01T08:00:00.000Z',
  reasons: [],
});

export const scheduleOf = (connection: string, project: string): ScheduleRow => ({
  terms: {
    loop: { connection, project, name: 'L' },
    times: { everyMs: 60_000, offsetMs: 0, cron: [], timeZone: 'UTC', jitterMs: 0, catchUpMs: 0 },
    overlap: 'skip',
    by: 'operator',
  },
  paused: false,
  note: '',
  next: [],
});

/** What a worker tells of a task is named after whose it is. */
const nameOf = (connection: string): string => (connection === 'default' ? SOUTHERN : 'Own');

/** What a worker tells of both. */
export const LOOKS: Looks = {
  material: async (id) => {
    const place = placeOfId(id);
    const artifact = { uri: 'store:x', sha256: 'aa', bytes: 1 };
    const url = `https://cvat.example/${nameOf(place.connection)}/tasks/7`;
    const task = { projectId: 1, taskId: 7, url, created: true, frames: 1, jobs: 1, cvatVersion: '2.73.0' };
    const input = {
      images: null,
      masks: null,
      categories: artifact,
      tellPeople: 'names',
      completion: { rule: 'state' },
    } as const;
    return { id, place, input, results: { task }, view: sampleView({ id }) };
  },
  picture: async () => Buffer.from(SOUTHERN),
  jobs: async (connection, tasks) =>
    tasks.map((taskId) => ({
      taskId,
      jobs: [
        {
          job: 1,
          person: `ana of ${nameOf(connection)}`,
          stage: 'annotation',
          state: 'new',
          frames: [0, 0],
          updatedAt: '2026-03-01T08:00:00.000Z',
          openIssues: 0,
          isUntouched: null,
        },
      ],
      failure: null,
    })),
};

/** A loop in a list. */
export const loopOf = (connection: string, project: string): LoopRow => ({
  id: `~loop/${connection === 'default' ? '' : `${connection}/`}${project}/L`,
  name: 'L',
  project,
  connection,
  state: 'running',
  phase: 'iterating',
  waitingFor: 'machine',
  since: '2026-03-01T08:00:00.000Z',
  number: 2,
});
