import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { boxPoints, BOX, coco, importDocument } from './import-document.ts';
import { ascending, at, listAt, numberAt } from './json-at.ts';
import { makeTask, type MadeTask } from './make-task.ts';
import { expectAsRecorded } from './recorded-answers.ts';
import { startFast, type Fast, type Person } from './talk.ts';

const fieldsSchema = z.record(z.string(), z.unknown());

let fast: Fast;
let admin: Person;
let made: MadeTask;
let label: number;
beforeAll(async () => {
  fast = await startFast();
  admin = fast.admin;
});
beforeEach(async () => {
  made = await makeTask(admin, { frames: ['a.png', 'b.png', 'c.png', 'd.png'], segmentSize: 2 });
  label = made.labels.get('GrabberA') ?? 0;
});
afterAll(() => fast.cvat.close());

const room = () => `/api/tasks/${made.task}/annotations`;
const jobRoom = (index: number) => `/api/jobs/${made.jobs[index] ?? 0}/annotations`;
const mask = (frame: number, more: object = {}) => ({
  type: 'mask',
  frame,
  label_id: label,
  points: boxPoints(BOX),
  ...more,
});
const save = (method: string, path: string, ...shapes: object[]) => admin.call(method, path, { json: { shapes } });
const held = async (path: string) => listAt((await admin.call('GET', path)).json, 'shapes');

describe('native annotations', () => {
  it('come back as they were put, under new ids each time', async () => {
    const put = await save('PUT', room(), mask(0, { source: 'semi-auto', score: 0.4, z_order: 2, group: 5 }), mask(3));
    expectAsRecorded(put, '5-annotations-direct-put-patch', 'PUT');
    const first = await held(room());
    expect(first).toMatchObject([
      mask(0, { source: 'semi-auto', score: 0.4, z_order: 2, group: 5 }),
      mask(3, { source: 'manual' }),
    ]);
    await save('PUT', room(), mask(0));
    const second = await held(room());
    expect(second).toHaveLength(1);
    expect(numberAt(second[0], 'id')).toBeGreaterThan(Math.max(...first.map((shape) => numberAt(shape, 'id'))));
    expect(await held(jobRoom(1))).toEqual([]);
    expect((await admin.call('DELETE', room())).status).toBe(204);
    expect(await held(room())).toEqual([]);
  });

  it('must not bring ids, and name unknown labels, sources and point counts', async () => {
    const put = await save('PUT', room(), mask(0, { id: 1 }));
    expect([put.status, put.json]).toEqual([400, { shapes: [{ id: ['must be absent'] }] }]);
    expect((await save('PUT', room(), mask(0, { id: null }))).status).toBe(200);
    expect((await save('PATCH', `${room()}?action=create`, mask(0, { id: 7 }))).status).toBe(400);
    const unknown = await save('PUT', room(), mask(0, { label_id: 99999 }));
    expect(unknown.json).toEqual(['label_id `99999` is invalid']);
    const nonsense = await save('PUT', room(), mask(0, { source: 'nonsense' }));
    expectAsRecorded(nonsense, 'm07-native-bad', 'PUT', (recorded) => recorded.status === 400);
    expectAsRecorded(
      await save('PATCH', `${room()}?action=create`, mask(0, { points: [1, 2, 3] })),
      'm04-bad-mask',
      'PATCH',
    );
    expect(await held(room())).toHaveLength(1);
  });

  it('outside the task are dropped without a word, but stored by a job that is not theirs', async () => {
    const dropped = await save('PATCH', `${room()}?action=create`, mask(99));
    expect([dropped.status, at(dropped.json, 'shapes')]).toEqual([200, []]);
    await save('PUT', jobRoom(0), mask(3));
    await save('PUT', jobRoom(1), mask(3));
    expect(await held(jobRoom(0))).toMatchObject([{ frame: 3 }]);
    expect(await held(room())).toMatchObject([{ frame: 3 }, { frame: 3 }]);
  });

  it('lie on a frame in no order that their ids would tell', async () => {
    await save('PUT', jobRoom(0), ...Array.from({ length: 6 }, () => mask(1)), mask(0));
    const listed = await held(jobRoom(0));
    const ids = listed.filter((one) => at(one, 'frame') === 1).map((one) => numberAt(one, 'id'));
    expect(ids).toHaveLength(6);
    expect(ids).not.toEqual(ascending(ids));
    expect(at(listed[0], 'frame')).toBe(0);
  });

  it('are changed and deleted by id, which a change keeps', async () => {
    await save('PUT', jobRoom(0), mask(0), mask(1));
    const [first, second] = (await held(jobRoom(0))).map((shape) => fieldsSchema.parse(shape));
    const points = [0, 1, 2, 2, 2, 2];
    const changed = await save('PATCH', `${jobRoom(0)}?action=update`, { ...first, points, source: 'manual' });
    expect(changed.json).toMatchObject({ shapes: [{ id: at(first, 'id'), points }] });
    expect(await held(jobRoom(0))).toMatchObject([{ id: at(first, 'id'), points }, { id: at(second, 'id') }]);
    for (let time = 0; time < 2; time += 1) {
      const removed = await save('PATCH', `${jobRoom(0)}?action=delete`, { ...first });
      expect([removed.status, at(removed.json, 'shapes')]).toEqual([200, [first]]);
      expect(await held(jobRoom(0))).toEqual([second]);
    }
    expectAsRecorded(
      await save('PATCH', `${jobRoom(0)}?action=nope`),
      '5-annotations-direct-put-patch',
      'PATCH',
      (recorded) => recorded.path.endsWith('nope'),
    );
  });

  it('keep tags and tracks, whose shapes get ids of their own', async () => {
    const base = { frame: 0, label_id: label, group: 0, source: 'manual', attributes: [] };
    const track = {
      ...base,
      shapes: [{ type: 'rectangle', frame: 0, points: [1, 1, 5, 5], outside: false, attributes: [] }],
    };
    const json = { shapes: [], tags: [base], tracks: [track] };
    const put = await admin.call('PUT', room(), { json });
    expect(put.json).toMatchObject(json);
    expect(numberAt(put.json, 'tracks', 0, 'shapes', 0, 'id')).toBeGreaterThan(0);
    expect((await admin.call('GET', jobRoom(0))).json).toMatchObject(json);
  });

  it('have the default values of attributes that were not given', async () => {
    const attribute = {
      name: 'blur',
      mutable: false,
      input_type: 'checkbox',
      default_value: 'false',
      values: ['false'],
    };
    const other = await makeTask(admin, { frames: ['a.png'], labels: [{ name: 'GrabberA', attributes: [attribute] }] });
    const path = `/api/tasks/${other.task}`;
    await importDocument(admin, path, coco(['a.png'], { annotation: { attributes: { blur: true } } }));
    expect(await held(`${path}/annotations`)).toMatchObject([{ attributes: [{ value: 'true' }] }]);
    await save('PUT', `${path}/annotations`, { ...mask(0), label_id: other.labels.get('GrabberA') });
    expect(await held(`${path}/annotations`)).toMatchObject([{ attributes: [{ value: 'false' }] }]);
  });

  it('on frames that two jobs share are stored in both: masks come twice, equal polygons once', async () => {
    const shared = await makeTask(admin, { frames: ['a.png', 'b.png', 'c.png'], segmentSize: 2, overlap: 1 });
    expect(shared.jobs).toHaveLength(2);
    const path = `/api/tasks/${shared.task}/annotations`;
    const label_id = shared.labels.get('GrabberA');
    await save(
      'PUT',
      path,
      { ...mask(1), label_id },
      { ...mask(1), label_id, type: 'polygon', points: [1, 1, 9, 1, 9, 9] },
    );
    expect((await held(path)).map((shape) => at(shape, 'type'))).toEqual(
      expect.arrayContaining(['mask', 'mask', 'polygon']),
    );
    expect(await held(path)).toHaveLength(3);
  });

  it('by the old ways of import and export are gone for good', async () => {
    const old = await admin.call('GET', `${room()}?format=COCO+1.0`);
    expectAsRecorded(old, '5-import-legacy-put', 'GET');
    const put = await admin.call('PUT', `${room()}?format=COCO+1.0&rq_id=x`, { json: {} });
    expectAsRecorded(put, '5-import-legacy-put', 'PUT');
  });
});
