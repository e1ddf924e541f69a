import { expect, it } from '@jest/globals';
import type { Cases } from '../kit/cases.ts';
import { coco } from '../kit/coco.ts';
import { failureOf } from '../kit/failure-of.ts';
import { importNow } from '../kit/import.ts';
import { ownName } from '../kit/names.ts';
import { at } from '../../kit/talk.ts';

export const taskCases: Cases = (desk) => {
  it('makes a task that has no frames yet and keeps its key', async () => {
    const { cvat } = desk();
    const project = await desk().project();
    const bugTracker = 'P/T~2 not a url';
    const task = await cvat.createTask({ name: ownName('task'), projectId: project.id, bugTracker, segmentSize: 2 });
    expect(task).toMatchObject({ projectId: project.id, bugTracker, size: 0 });
    expect(await cvat.getTask(task.id)).toEqual(task);
    expect(await cvat.taskSettings(task.id)).toEqual({ segmentSize: 2, overlap: 0 });
    expect(await failureOf(cvat.taskSettings(task.id + 1_000_000))).toMatchObject({ code: 'TaskGone' });
    expect(await cvat.jobs(task.id)).toEqual([]);
    expect(await cvat.awaitTaskCreation(task.id)).toBe(false);
    expect(cvat.taskUrl(task.id)).toBe(`${desk().server.url}/tasks/${task.id}`);
  });

  it('has no list of frames before the frames came, which is no outage', async () => {
    const { cvat } = desk();
    const project = await desk().project();
    const task = await cvat.createTask({ name: 't', projectId: project.id, bugTracker: '', segmentSize: null });
    const { status } = await desk().talk('GET', `/api/tasks/${task.id}/data/meta`);
    expect(status).toBe(desk().version.startsWith('2.54') ? 500 : 400);
    expect(await failureOf(cvat.taskMeta(task.id))).toMatchObject({ code: 'CvatRejected' });
    expect(await failureOf(cvat.taskAnnotations(task.id))).toMatchObject({
      code: 'CvatRejected',
      facts: { status: 400 },
    });
  });

  it('finds a task by its exact name in one project', async () => {
    const { cvat } = desk();
    const [here, there] = [await desk().project(), await desk().project()];
    const name = ownName('Task');
    const wish = { name, bugTracker: '', segmentSize: null };
    const task = await cvat.createTask({ ...wish, projectId: here.id });
    await cvat.createTask({ ...wish, name: `${name}0`, projectId: here.id });
    const other = await cvat.createTask({ ...wish, projectId: there.id });
    expect((await cvat.findTask({ projectId: here.id, name }))?.id).toBe(task.id);
    expect((await cvat.findTask({ projectId: there.id, name }))?.id).toBe(other.id);
    expect(await cvat.findTask({ projectId: here.id, name: name.toUpperCase() })).toBeNull();
  });

  it('finds a task by its exact key in one project, whatever it is called', async () => {
    const { cvat } = desk();
    const [here, there] = [await desk().project(), await desk().project()];
    const key = `${ownName('P')}/Tag%201~2`;
    const wish = { projectId: here.id, name: ownName('task'), bugTracker: key, segmentSize: null };
    const task = await cvat.createTask(wish);
    await cvat.createTask({ ...wish, bugTracker: `${key}0` });
    await cvat.createTask({ ...wish, bugTracker: key.toUpperCase() });
    await cvat.createTask({ ...wish, projectId: there.id });
    expect((await desk().talk('PATCH', `/api/tasks/${task.id}`, { json: { name: 'renamed' } })).status).toBe(200);
    const found = await cvat.tasksWithKey({ projectId: here.id, key });
    expect(found.map(({ id, name }) => ({ id, name }))).toEqual([{ id: task.id, name: 'renamed' }]);
    expect(await cvat.tasksWithKey({ projectId: here.id, key: ownName('nobody') })).toEqual([]);
    const { json } = await desk().talk('GET', `/api/tasks?bug_tracker=${encodeURIComponent(ownName('nobody'))}`);
    expect(at(json, 'count')).toBeGreaterThan(0);
  });

  it('allows two tasks of one name in a project, which cannot be told apart', async () => {
    const { cvat } = desk();
    const project = await desk().project();
    const wish = { name: ownName('task'), projectId: project.id, bugTracker: '', segmentSize: null };
    const ids = [(await cvat.createTask(wish)).id, (await cvat.createTask(wish)).id];
    const failure = await failureOf(cvat.findTask({ projectId: project.id, name: wish.name }));
    expect(failure).toMatchObject({ code: 'TaskAmbiguous', facts: { ids } });
  });

  it('says that a deleted task is gone wherever it is asked for, but lists no jobs of it', async () => {
    const { cvat } = desk();
    const { task } = await desk().task({ frames: ['a.png'] });
    await cvat.deleteTask(task.id);
    await cvat.deleteTask(task.id);
    const document = { bytes: coco(['a.png'], []), fileName: 'a.json' };
    for (const call of [
      cvat.getTask(task.id),
      cvat.taskMeta(task.id),
      cvat.taskAnnotations(task.id),
      cvat.startImport(task.id, document),
    ]) {
      expect(await failureOf(call)).toMatchObject({ code: 'TaskGone', facts: { taskId: task.id } });
    }
    expect(await cvat.jobs(task.id)).toEqual([]);
  });

  it('says so too when an import is asked about after its task was deleted', async () => {
    const { cvat } = desk();
    const { task } = await desk().task({ frames: ['a.png'] });
    await importNow(desk(), task.id, coco(['a.png'], [{ image: 0 }]));
    await cvat.deleteTask(task.id);
    expect(await failureOf(cvat.importRequest(task.id))).toMatchObject({ code: 'TaskGone' });
  });
};
