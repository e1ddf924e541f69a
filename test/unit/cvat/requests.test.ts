import { afterEach, describe, expect, it } from '@jest/globals';
import { caught } from '../http/caught.ts';
import { cvatServers, requestJson, taskJson } from './cvat-server.ts';

const { start, closeAll } = cvatServers();
afterEach(closeAll);

const ID = 'action=import&target=task&target_id=1&subresource=annotations';
const IMPORT = `GET /api/requests/${encodeURIComponent(ID)}`;
const CREATION = `GET /api/requests/${encodeURIComponent('action=create&target=task&target_id=1')}`;
const UNKNOWN = {
  status: 404,
  headers: { 'content-type': 'text/html' },
  body: 'There is no request with specified id',
};
const FAILURE =
  "cvat.apps.dataset_manager.bindings.CvatImportError: Could not match item id: 'x' with any task frame\n";

describe('request', () => {
  it('is asked for by its percent-encoded id', async () => {
    const { cvat, asked } = await start({ [IMPORT]: requestJson(ID, 'finished') });
    expect(await cvat.importRequest(1)).toEqual({
      id: ID,
      status: 'finished',
      message: '',
      createdAt: '2026-01-01T00:00:00Z',
      startedAt: null,
      finishedAt: null,
      owner: null,
    });
    expect(asked()).toEqual([
      'GET /api/requests/action%3Dimport%26target%3Dtask%26target_id%3D1%26subresource%3Dannotations',
    ]);
  });

  it('is null when CVAT does not know it, but not when the address or the organization is wrong', async () => {
    expect(await (await start({ [IMPORT]: UNKNOWN })).cvat.request(ID)).toBeNull();
    expect((await caught((await start({})).cvat.request(ID))).code).toBe('CvatRejected');
    const other = { status: 404, json: { detail: 'nope organization does not exist.' } };
    expect((await caught((await start({ [IMPORT]: other })).cvat.request(ID))).code).toBe('CvatRejected');
  });

  it('of a deleted task is TaskGone', async () => {
    const { cvat } = await start({ [IMPORT]: { status: 400, json: ['Task matching query does not exist.'] } });
    expect((await caught(cvat.request(ID))).code).toBe('TaskGone');
  });

  it('in a state that is not known is an unexpected answer', async () => {
    const { cvat } = await start({ [IMPORT]: requestJson(ID, 'sleeping') });
    expect((await caught(cvat.request(ID))).message).toContain('$.status');
  });
});

describe('waiting for a request', () => {
  it('polls until it has ended and shows every answer', async () => {
    const states = ['queued', 'started', 'started', 'finished'];
    const { cvat } = await start({ [IMPORT]: (_, times) => requestJson(ID, states[times] ?? 'finished') });
    const polled: string[] = [];
    const end = await cvat.waitForRequest(ID, { onPoll: ({ status }) => polled.push(status) });
    expect(end.status).toBe('finished');
    expect(polled).toEqual(states);
  });

  it('leaves at least 50 ms between two polls', async () => {
    const { cvat, server } = await start({ [IMPORT]: requestJson(ID, 'started') });
    await caught(cvat.waitForRequest(ID, { deadlineMs: 320 }));
    // A busy machine may fit in fewer.
    expect(server.seen.length).toBeGreaterThanOrEqual(2);
    expect(server.seen.length).toBeLessThanOrEqual(8);
  });

  it('returns a failure with the text a person needs', async () => {
    const { cvat } = await start({ [IMPORT]: requestJson(ID, 'failed', FAILURE) });
    expect(await cvat.waitForRequest(ID)).toMatchObject({
      status: 'failed',
      message: "Could not match item id: 'x' with any task frame",
    });
  });

  it('reads a failure again whose message is still a traceback', async () => {
    const traceback = `Traceback (most recent call last):\n  File "worker.py", line 1\n${FAILURE}`;
    const { cvat, server } = await start({
      [IMPORT]: (_, times) => requestJson(ID, 'failed', times === 0 ? traceback : FAILURE),
    });
    expect((await cvat.waitForRequest(ID)).message).toBe("Could not match item id: 'x' with any task frame");
    expect(server.seen).toHaveLength(2);
  });

  it('takes the last line of a traceback that stays', async () => {
    const traceback = `Traceback (most recent call last):\n  File "worker.py", line 1\n${FAILURE}`;
    const { cvat } = await start({ [IMPORT]: requestJson(ID, 'failed', traceback) });
    expect((await cvat.waitForRequest(ID)).message).toBe("Could not match item id: 'x' with any task frame");
  });

  it('gives up with ImportStuck after its deadline', async () => {
    const { cvat } = await start({ [IMPORT]: requestJson(ID, 'started') });
    const error = await caught(cvat.waitForRequest(ID, { deadlineMs: 200 }));
    expect(error).toMatchObject({ code: 'ImportStuck', facts: { requestId: ID, status: 'started' } });
  });

  it('returns a request as failed that was cancelled meanwhile', async () => {
    const { cvat } = await start({ [IMPORT]: (_, times) => (times === 0 ? requestJson(ID, 'queued') : UNKNOWN) });
    const end = await cvat.waitForRequest(ID);
    expect(end).toMatchObject({ status: 'failed', createdAt: '2026-01-01T00:00:00Z' });
    expect(end.message).toContain('cancelled');
  });

  it('stops at once when aborted', async () => {
    const { cvat } = await start({ [IMPORT]: requestJson(ID, 'started') });
    const reason = new Error('cancelled by the caller');
    const controller = new AbortController();
    const pending = cvat.waitForRequest(ID, { signal: controller.signal });
    setTimeout(() => controller.abort(reason), 120);
    await expect(pending).rejects.toBe(reason);
  });
});

describe('waiting for the creation of a task', () => {
  it('waits while it is under way and says whether the task has frames', async () => {
    const { cvat } = await start({
      [CREATION]: (_, times) =>
        requestJson('action=create&target=task&target_id=1', times < 2 ? 'started' : 'finished'),
      'GET /api/tasks/1': { json: taskJson(1) },
    });
    expect(await cvat.awaitTaskCreation(1)).toBe(true);
  });

  it('is false for a task whose images never came', async () => {
    const { cvat } = await start({
      [CREATION]: UNKNOWN,
      'GET /api/tasks/1': { json: taskJson(1, { size: undefined }) },
    });
    expect(await cvat.awaitTaskCreation(1)).toBe(false);
  });
});
