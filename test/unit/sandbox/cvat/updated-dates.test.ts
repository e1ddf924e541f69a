import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { boxPoints, BOX, coco, importDocument } from './import-document.ts';
import { numberAt, textAt } from './json-at.ts';
import { makeTask, type MadeTask } from './make-task.ts';
import { startFast, type Fast, type Person } from './talk.ts';

let fast: Fast;
let admin: Person;
let made: MadeTask;
beforeAll(async () => {
  fast = await startFast();
  admin = fast.admin;
});
beforeEach(async () => {
  made = await makeTask(admin, { frames: ['a.png', 'b.png'], segmentSize: 1 });
});
afterAll(() => fast.cvat.close());

const NAMES = ['first', 'second', 'task', 'project'] as const;

function paths(): Record<(typeof NAMES)[number], string> {
  const [first = 0, second = 0] = made.jobs;
  return {
    first: `/api/jobs/${first}`,
    second: `/api/jobs/${second}`,
    task: `/api/tasks/${made.task}`,
    project: `/api/projects/${made.project}`,
  };
}

async function dates(): Promise<string[]> {
  const answers = await Promise.all(NAMES.map((name) => admin.call('GET', paths()[name])));
  return answers.map((answer) => textAt(answer.json, 'updated_date'));
}

/** Which of the two jobs, the task and the project an action has moved. */
async function moved(action: () => Promise<unknown>): Promise<string[]> {
  const before = await dates();
  await action();
  const after = await dates();
  return NAMES.filter((_, index) => before[index] !== after[index]);
}

const mask = () => ({ type: 'mask', frame: 0, label_id: made.labels.get('GrabberA'), points: boxPoints(BOX) });
const save = (method: string, path: string, shapes: object[]) => admin.call(method, path, { json: { shapes } });
const patch = (path: string, json: object) => admin.call('PATCH', path, { json });

describe('updated_date', () => {
  it('moves with imports for every job that had or gets something', async () => {
    const { task } = paths();
    expect(await moved(() => importDocument(admin, task, coco(['a.png'])))).toEqual(['first', 'task', 'project']);
    expect(await moved(() => importDocument(admin, task, coco(['a.png'])))).toEqual(['first', 'task', 'project']);
    expect(await moved(() => importDocument(admin, task, coco(['b.png'])))).toEqual([...NAMES]);
    expect(await moved(() => importDocument(admin, task, coco(['nope.png'])))).toEqual([]);
    expect(await moved(() => importDocument(admin, task, coco([])))).toEqual(['second', 'task', 'project']);
    expect(await moved(() => importDocument(admin, task, coco([])))).toEqual([]);
  });

  it('moves with annotations saved, and not with nothing saved on nothing', async () => {
    const room = `${paths().first}/annotations`;
    const all = ['first', 'task', 'project'];
    expect(await moved(() => save('PUT', room, []))).toEqual([]);
    expect(await moved(() => admin.call('DELETE', room))).toEqual([]);
    expect(await moved(() => save('PATCH', `${room}?action=create`, []))).toEqual([]);
    expect(await moved(() => save('PATCH', `${room}?action=create`, [mask()]))).toEqual(all);
    const shape = { ...mask(), id: numberAt((await admin.call('GET', room)).json, 'shapes', 0, 'id') };
    expect(await moved(() => save('PATCH', `${room}?action=update`, [shape]))).toEqual(all);
    expect(await moved(() => save('PATCH', `${room}?action=delete`, [shape]))).toEqual(all);
    expect(await moved(() => save('PATCH', `${room}?action=delete`, [shape]))).toEqual(all);
    expect(await moved(() => save('PUT', room, [mask()]))).toEqual(all);
    expect(await moved(() => admin.call('GET', room))).toEqual([]);
    expect(await moved(() => admin.call('DELETE', room))).toEqual(all);
  });

  it('moves the job alone with its state, even if nothing changes, and the task with its own status', async () => {
    const { first, second } = paths();
    expect(await moved(() => patch(first, { state: 'completed' }))).toEqual(['first']);
    expect(await moved(() => patch(first, {}))).toEqual(['first']);
    const accepted = { stage: 'acceptance', state: 'completed' };
    expect(await moved(() => patch(first, accepted))).toEqual(['first']);
    expect(await moved(() => patch(second, accepted))).toEqual(['second', 'task']);
  });

  it('moves with names, labels and deleted frames as far as they reach', async () => {
    const { first, task, project } = paths();
    expect(await moved(() => patch(task, { name: 'other' }))).toEqual(['task', 'project']);
    expect(await moved(() => patch(task, { name: 'other' }))).toEqual(['project']);
    expect(await moved(() => patch(project, { labels: [{ name: 'more' }] }))).toEqual([...NAMES]);
    const label = `/api/labels/${made.labels.get('Scissor') ?? 0}`;
    expect(await moved(() => patch(label, { name: 'Clip' }))).toEqual([...NAMES]);
    expect(await moved(() => patch(`${task}/data/meta`, { deleted_frames: [1] }))).toEqual(['task']);
    expect(await moved(() => patch(`${first}/data/meta`, { deleted_frames: [0] }))).toEqual(['task', 'project']);
  });
});
