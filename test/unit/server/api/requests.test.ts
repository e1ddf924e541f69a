import { afterEach, describe, expect, it } from '@jest/globals';
import type { Operations } from '../../../../src/operations/operations.ts';
import { MaskloopError } from '../../../../src/contracts/error.ts';
import { openApiSite, TOKENS, type ApiSite } from '../../../kit/api-site.ts';
import { iterationInput } from '../../../kit/iteration-input.ts';
import { sampleView } from '../../cli/fake-context.ts';
import { sampleReceipt } from '../../operations/sample-receipt.ts';

let site: ApiSite;
afterEach(async () => {
  await site.close();
});

const open = async (operations: Partial<Operations>): Promise<ApiSite> => {
  site = await openApiSite(operations);
  return site;
};

describe('a request to the API', () => {
  it('reaches an iteration by its whole id, names of which are encoded themselves', async () => {
    const asked: string[] = [];
    await open({
      describe: async (id) => {
        asked.push(id);
        return sampleView({ id });
      },
    });
    for (const id of ['SurgVU/Iteration_1', 'Surg%2FVU/Day%201~2', `P/${'%F0%9F%A9%BA'.repeat(80)}`]) {
      const { status, json } = await site.ask(TOKENS.viewer, 'GET', `/api/v1/iterations/${encodeURIComponent(id)}`);
      expect([status, json]).toMatchObject([200, { id, state: 'running' }]);
    }
    expect(asked).toHaveLength(3);
  });

  it('that names a field wrongly is refused with its place before anything is done', async () => {
    await open({});
    const body = { input: { ...iterationInput(), seal: { quietMs: -1 } }, again: false };
    const { status, json, headers } = await site.ask(TOKENS.operator, 'POST', '/api/v1/iterations', { body });
    expect([status, headers.get('content-type')]).toEqual([400, 'application/problem+json; charset=utf-8']);
    expect(json).toMatchObject({ status: 400, code: 'RequestInvalid', action: expect.stringContaining('openapi') });
    expect(JSON.stringify(json)).toContain('body.input.seal.quietMs');
    for (const [method, at, sent] of [
      ['GET', '/api/v1/iterations?limit=0', undefined],
      ['GET', '/api/v1/iterations?colour=red', undefined],
      ['POST', '/api/v1/iterations/P%2FT/approve', undefined],
      ['POST', '/api/v1/iterations/P%2FT/approve', { carry: true, more: 1 }],
      ['GET', '/api/v1/files/abc', undefined],
    ] as const) {
      expect([at, (await site.ask(TOKENS.operator, method, at, { body: sent })).status]).toEqual([at, 400]);
    }
  });

  it('that is no JSON, or too large, is told so in the words of the catalogue', async () => {
    await open({});
    const send = async (body: string) => {
      const headers = { authorization: `Bearer ${TOKENS.operator}`, 'content-type': 'application/json' };
      return fetch(`${site.url}/api/v1/iterations`, { method: 'POST', headers, body });
    };
    expect(await (await send('{')).json()).toMatchObject({ code: 'RequestInvalid' });
    expect(await (await send(JSON.stringify('x'.repeat(600_000)))).json()).toMatchObject({ code: 'RequestInvalid' });
    expect((await site.ask(TOKENS.operator, 'GET', '/api/v1/nothing')).json).toMatchObject({ code: 'RouteUnknown' });
    expect((await site.ask(null, 'GET', '/api/nothing')).json).toMatchObject({ code: 'RouteUnknown' });
  });

  it('is told what operations refuse, with the status of its kind and the facts of the failure', async () => {
    const codes = { IterationNotFound: 404, IterationDone: 409, WorkerSilent: 503, CvatUnreachable: 503 } as const;
    let code: keyof typeof codes = 'IterationDone';
    await open({
      steer: async () => {
        throw new MaskloopError(code, 'So it is.', { facts: { id: 'P/T' } });
      },
    });
    for (const [name, status] of Object.entries(codes)) {
      code = name as keyof typeof codes;
      const answer = await site.ask(TOKENS.operator, 'POST', '/api/v1/iterations/P%2FT/pause');
      expect([answer.status, answer.json]).toMatchObject([status, { code, detail: 'So it is.', facts: { id: 'P/T' } }]);
    }
  });

  it('that meets a defect learns nothing of it, and the log does', async () => {
    await open({
      pollers: async () => {
        throw new Error('the marker of a secret');
      },
    });
    const { status, text } = await site.ask(TOKENS.viewer, 'GET', '/api/v1/workers');
    expect([status, text]).toEqual([500, expect.stringContaining('UnexpectedFailure')]);
    expect(text).not.toContain('marker');
    expect(site.lines.join('\n')).toContain('marker');
  });

  it('that meets a store which fails is not told where that is, nor is who looks at an iteration that met one', async () => {
    await open({});
    const message = `Cannot write ${site.store.address}/named/x: no space left (ENOSPC).`;
    const lastFailure = { code: 'StoreUnreachable', message, facts: { path: `${site.store.address}/named/x` } };
    const one = {
      name: 'convertShard',
      attempt: 2,
      startedAt: null,
      nextAttemptAt: null,
      lastFailure,
      heartbeat: null,
    };
    const other = await openApiSite(
      {
        describe: async (id) => sampleView({ id, activities: [one] }),
        steer: async () => {
          throw new MaskloopError('StoreUnreachable', message, { facts: { path: site.store.address } });
        },
      },
      { store: site.store },
    );
    const view = await other.ask(TOKENS.operator, 'GET', '/api/v1/iterations/P%2FT');
    const failure = await other.ask(TOKENS.operator, 'POST', '/api/v1/iterations/P%2FT/pause');
    await other.close();
    expect([view.status, failure.status]).toEqual([200, 503]);
    for (const { text } of [view, failure]) {
      expect(text).toContain('Cannot write the store/named/x: no space left');
      expect(text).not.toContain(site.store.address);
    }
  });

  it('that starts an iteration names who it is of, whatever the body says', async () => {
    const started: unknown[] = [];
    await open({
      start: async (request) => {
        started.push(request.by);
        return { id: 'P/T', outcome: 'started' };
      },
    });
    const sha256 = 'a'.repeat(64);
    const stored = { uri: `store:sha256/aa/${sha256}`, sha256 };
    const input = { ...iterationInput(), masks: { ...stored, files: 1 }, categories: { ...stored, bytes: 1 } };
    const body = { input, again: false };
    const headers = { 'x-maskloop-user': 'somebody%20else' };
    expect((await site.ask(TOKENS.operator, 'POST', '/api/v1/iterations', { body, headers })).json).toEqual({
      id: 'P/T',
      outcome: 'started',
    });
    expect(started).toEqual(['operator']);
    const file = { ...body, input: { ...input, masks: { ...input.masks, uri: 'file:///etc' } } };
    const refused = await site.ask(TOKENS.operator, 'POST', '/api/v1/iterations', { body: file });
    expect([refused.status, refused.json]).toMatchObject([403, { code: 'FolderNotOffered' }]);
  });

  it('is answered a whole receipt, or null where there is none', async () => {
    const receipt = sampleReceipt();
    await open({ receipt: async (id) => (id === receipt.id ? receipt : null) });
    const at = (id: string): string => `/api/v1/iterations/${encodeURIComponent(id)}/receipt`;
    expect((await site.ask(TOKENS.viewer, 'GET', at(receipt.id))).json).toEqual({ receipt });
    expect((await site.ask(TOKENS.viewer, 'GET', at('P/T'))).json).toEqual({ receipt: null });
  });
});
