import { describe, expect, it } from '@jest/globals';
import { z, type ZodType } from 'zod';
import { failureText } from '../../../src/cvat/failure-text.ts';
import { annotationsWire } from '../../../src/cvat/wire/annotations.ts';
import { jobWire } from '../../../src/cvat/wire/job.ts';
import { labelWire, projectWire } from '../../../src/cvat/wire/project.ts';
import { loginWire, requestIdWire, requestWire } from '../../../src/cvat/wire/request.ts';
import { aboutWire } from '../../../src/cvat/wire/server.ts';
import { taskMetaWire, taskWire } from '../../../src/cvat/wire/task.ts';
import { recorded, VERSIONS, type RecordedExchange } from './recorded.ts';

const page = (row: ZodType) => z.object({ count: z.int(), next: z.string().nullable(), results: z.array(row) });

/** Which recorded answers each schema must read, and how many kinds of them there are at least. */
const READ: readonly [name: string, schema: ZodType, of: RegExp, atLeast: number][] = [
  ['about', aboutWire, /^GET \/api\/server\/about 200$/, 1],
  ['login', loginWire, /^POST \/api\/auth\/login 200$/, 1],
  ['project', projectWire, /^(GET|PATCH) \/api\/projects\/\d+ 200$|^POST \/api\/projects 201$/, 2],
  ['projects', page(projectWire), /^GET \/api\/projects 200$/, 1],
  ['labels', page(labelWire), /^GET \/api\/labels 200$/, 1],
  ['task', taskWire, /^(GET|PATCH) \/api\/tasks\/\d+ 200$|^POST \/api\/tasks 201$/, 5],
  ['tasks', page(taskWire), /^GET \/api\/tasks 200$/, 2],
  ['frames', taskMetaWire, /^GET \/api\/tasks\/\d+\/data\/meta 200$/, 1],
  ['job', jobWire, /^(GET|PATCH) \/api\/jobs\/\d+ 200$/, 10],
  ['jobs', page(jobWire), /^GET \/api\/jobs 200$/, 5],
  ['annotations', annotationsWire, /^GET \/api\/(jobs|tasks)\/\d+\/annotations 200$/, 8],
  ['request', requestWire, /^GET \/api\/requests\/action\S+ 200$/, 8],
  ['request id', requestIdWire, /^POST \/api\/tasks\/\d+\/(annotations|data) (202|409)$/, 2],
];

function matching(exchanges: readonly RecordedExchange[], of: RegExp): RecordedExchange[] {
  return exchanges.filter(
    ({ method, path, status, json }) =>
      json !== undefined && of.test(`${method} ${path.replace(/\?.*/, '')} ${status}`),
  );
}

describe.each(VERSIONS)('answers recorded from CVAT %s', (version) => {
  const exchanges = recorded(version);

  it.each(READ)('are read: %s', (_, schema, of, atLeast) => {
    const found = matching(exchanges, of);
    expect(found.length).toBeGreaterThanOrEqual(atLeast);
    for (const { case: title, json } of found) {
      expect({ title, problem: schema.safeParse(json).error?.issues }).toEqual({ title, problem: undefined });
    }
  });

  it('hold shapes of every type that people can draw, tracks and tags', () => {
    const all = matching(exchanges, /^GET \/api\/(jobs|tasks)\/\d+\/annotations 200$/).map(({ json }) =>
      annotationsWire.parse(json),
    );
    const types = new Set(all.flatMap(({ shapes }) => shapes.map(({ type }) => type)));
    expect(types).toEqual(new Set(['mask', 'polygon', 'rectangle', 'ellipse', 'polyline', 'points']));
    expect(all.some(({ tracks }) => tracks > 0)).toBe(true);
    expect(all.some(({ tags }) => tags > 0)).toBe(true);
  });

  it('say of every failed request one line without the class of the exception', () => {
    const failed = matching(exchanges, /^GET \/api\/requests\/action\S+ 200$/)
      .map(({ json }) => requestWire.parse(json))
      .filter(({ status }) => status === 'failed');
    expect(failed.length).toBeGreaterThan(4);
    for (const { message } of failed) {
      expect(failureText(message)).toMatch(/\S/);
      expect(failureText(message)).not.toMatch(/\n|Error: |^cvat\./);
    }
  });

  it('name the uploads as the client expects it', () => {
    const created = exchanges.filter(({ path, status }) => path.endsWith('/annotations/') && status === 201);
    expect(created.length).toBeGreaterThan(0);
    for (const { headers } of created) {
      expect(headers['location']?.endsWith(`/annotations/${headers['upload-filename']}`)).toBe(true);
    }
  });
});

describe('schemas', () => {
  it('name the place of a shape whose type is not known', () => {
    const shape = {
      id: 1,
      type: 'spline',
      label_id: 1,
      frame: 0,
      points: [],
      z_order: 0,
      rotation: 0,
      group: 0,
      source: 'auto',
    };
    const issue = annotationsWire.safeParse({ shapes: [{ ...shape, type: 'mask' }, shape], tracks: [], tags: [] }).error
      ?.issues[0];
    expect(issue?.path).toEqual(['shapes', 1, 'type']);
  });
});
