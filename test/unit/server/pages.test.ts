import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { FastifyInstance } from 'fastify';
import { createApp } from '../../../src/server/app.ts';

const DOCUMENT = '<meta nonce="CSP_NONCE"><div id="root"></div>';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'maskloop-pages-'));
  await mkdir(path.join(folder, 'assets'));
  await writeFile(path.join(folder, 'index.html'), DOCUMENT);
  await writeFile(path.join(folder, 'assets/index-1a2b3c4d.js'), 'export {};');
});
afterEach(async () => rm(folder, { recursive: true, force: true }));

function appWith(pages: string | null): FastifyInstance {
  const quiet = { info: () => undefined, warn: () => undefined };
  return createApp({
    pages,
    api: null,
    checks: new Map(),
    queue: { size: 0, push: () => true, close: async () => undefined },
    log: quiet,
    temporalAnswers: async () => undefined,
  });
}

describe('the pages of the server', () => {
  it.each(['/', '/system', '/iterations/SurgVU%2FIteration_1', '/?project=SurgVU'])(
    'answers %s with the one document, which nobody keeps',
    async (url) => {
      const app = appWith(folder);
      const answer = await app.inject({ url });
      await app.close();
      expect(answer.statusCode).toBe(200);
      expect(answer.headers).toMatchObject({
        'content-type': 'text/html; charset=utf-8',
        'cache-control': 'no-cache',
        'x-frame-options': 'DENY',
        'x-content-type-options': 'nosniff',
      });
    },
  );

  it('lets only styles with the nonce of this very answer into a page, and no script but its own files', async () => {
    const app = appWith(folder);
    const [first, second] = [await app.inject({ url: '/' }), await app.inject({ url: '/' })];
    await app.close();
    const nonces = [first, second].map(({ body, headers }) => {
      const nonce = /nonce="([^"]+)"/.exec(body)?.[1] ?? '';
      expect(headers['content-security-policy']).toContain(`style-src 'self' 'nonce-${nonce}'`);
      expect(headers['content-security-policy']).toContain("script-src 'self';");
      expect(headers['content-security-policy']).not.toContain('unsafe');
      return nonce;
    });
    expect(new Set(nonces).size).toBe(2);
    expect(nonces[0]).toMatch(/^[A-Za-z0-9+/]{22}==$/);
  });

  it('lets browsers keep for ever what is named by its content', async () => {
    const app = appWith(folder);
    const answer = await app.inject({ url: '/assets/index-1a2b3c4d.js' });
    await app.close();
    expect(answer.statusCode).toBe(200);
    expect(answer.headers['cache-control']).toBe('public, max-age=31536000, immutable');
    expect(answer.headers['content-type']).toMatch(/javascript/);
  });

  it.each([
    '/assets/gone.js',
    '/assets/..%2findex.html',
    '/assets/..%5cindex.html',
    '/api/v1/iterations',
    '/webhooks/other',
  ])('has no page for %s', async (url) => {
    const app = appWith(folder);
    const answer = await app.inject({ url });
    await app.close();
    expect([403, 404]).toContain(answer.statusCode);
    expect(answer.body).not.toContain('root');
  });

  it('says how to build the pages where they are not built, and lives', async () => {
    for (const pages of [null, path.join(folder, 'assets')]) {
      const app = appWith(pages);
      const [page, health] = [await app.inject({ url: '/' }), await app.inject({ url: '/healthz' })];
      await app.close();
      expect(page.statusCode).toBe(404);
      expect(page.headers['content-type']).toBe('text/plain; charset=utf-8');
      expect(page.body).toContain('npm run build');
      expect(health.statusCode).toBe(200);
    }
  });
});
