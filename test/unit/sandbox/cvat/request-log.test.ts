import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createRequestLog, splitTarget } from '../../../../src/sandbox/request-log.ts';
import { makeTask } from './make-task.ts';
import { startFast } from './talk.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'request-log-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('the request log', () => {
  it('has noted a request, in memory and in the file, when its answer arrives', async () => {
    const file = path.join(folder, 'requests.jsonl');
    const log = createRequestLog(file);
    const { cvat, admin } = await startFast({ log });
    try {
      const { task } = await makeTask(admin, { frames: ['a.png'] });
      await admin.call('POST', `/api/tasks/${task}/annotations?format=COCO+1.0`, { headers: { 'upload-start': '' } });
      const lines = readFileSync(file, 'utf8').trim().split('\n');
      expect(lines).toEqual(log.entries.map((entry) => JSON.stringify(entry)));
      expect(log.entries.at(-1)).toMatchObject({
        server: 'cvat',
        method: 'POST',
        path: `/api/tasks/${task}/annotations`,
        query: 'format=COCO+1.0',
        status: 202,
        uploadPhase: 'start',
      });
      expect(log.count({ method: 'POST', path: /^\/api\/tasks$/ })).toBe(1);
      expect(log.count({ path: /^\/api\/requests\/action=create&target=task/, status: 200 })).toBeGreaterThan(0);
      expect(log.count({ path: /^\/api\/tasks/, status: 500 })).toBe(0);
      expect(log.count({ uploadPhase: 'start' })).toBe(1);
    } finally {
      await cvat.close();
    }
  });

  it('notes unknown addresses and paths that cannot be decoded', async () => {
    const { cvat, admin } = await startFast();
    try {
      await admin.call('GET', '/nowhere?x=1');
      expect(cvat.log.count({ path: /^\/nowhere$/, status: 404 })).toBe(1);
      expect(splitTarget('/a%2')).toEqual({ path: '/a%2', query: '' });
      expect(splitTarget('/a%26b?c=%26')).toEqual({ path: '/a&b', query: 'c=%26' });
    } finally {
      await cvat.close();
    }
  });
});
