import { expect, it } from '@jest/globals';
import type { Cases } from '../kit/cases.ts';
import { coco } from '../kit/coco.ts';
import { eventually } from '../kit/eventually.ts';
import { failureOf } from '../kit/failure-of.ts';
import { createUpload, finish, sendPiece, uploadPath } from '../kit/import.ts';

export const requestCases: Cases = (desk) => {
  it('does not know requests that never were', async () => {
    const { cvat } = desk();
    const { task } = await desk().task({ frames: ['a.png'] });
    const id = `action=import&target=task&target_id=${task.id}&subresource=annotations`;
    expect(await cvat.request(id)).toBeNull();
    const { status, text, headers } = await desk().talk('GET', `/api/requests/${encodeURIComponent(id)}`);
    expect(status).toBe(404);
    expect(headers.get('content-type')).toMatch(/^text\/html/);
    expect(text).toContain('There is no request with specified id');
    expect(await cvat.waitForRequest(id)).toMatchObject({ id, status: 'failed' });
  });

  it('tells every stage of a request, and gives up waiting when told to', async () => {
    const { cvat } = desk();
    const { task } = await desk().task({ frames: ['a.png'] });
    const bytes = coco(
      ['a.png'],
      Array.from({ length: 1500 }, () => ({ image: 0 })),
    );
    const seen: string[] = [];
    let id = '';
    await eventually(async () => {
      id = await cvat.startImport(task.id, { bytes, fileName: 'many.json' });
      const impatient = await failureOf(cvat.waitForRequest(id, { deadlineMs: 1 })).catch((error: unknown) => error);
      seen.length = 0;
      await cvat.waitForRequest(id, { onPoll: ({ status }) => seen.push(status) });
      expect(impatient).toMatchObject({ code: 'ImportStuck' });
      expect(seen.length).toBeGreaterThan(1);
    });
    const end = await cvat.waitForRequest(id);
    expect(end.status).toBe('finished');
    expect(seen.at(-1)).toBe('finished');
    expect(seen.slice(0, -1).every((status) => status === 'queued' || status === 'started')).toBe(true);
    expect(Number.isNaN(Date.parse(end.createdAt))).toBe(false);
  });

  it('accepts the finish of an upload that is not complete, and fails then', async () => {
    const { task } = await desk().task({ frames: ['a.png'] });
    const bytes = coco(['a.png'], [{ image: 0 }]);
    const made = await createUpload(desk(), task.id, bytes.length);
    await sendPiece(desk(), uploadPath(made), 0, bytes.subarray(0, 50));
    const begun = await finish(desk(), task.id, made.headers.get('upload-filename') ?? '');
    expect(begun.status).toBe(202);
    const id = `action=import&target=task&target_id=${task.id}&subresource=annotations`;
    expect(await desk().cvat.waitForRequest(id)).toMatchObject({ status: 'failed' });
  });
};
