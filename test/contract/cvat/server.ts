import { expect, it } from '@jest/globals';
import { createCvat } from '../../../src/cvat/client.ts';
import type { Cases } from '../kit/cases.ts';
import { failureOf } from '../kit/failure-of.ts';
import { ownName } from '../kit/names.ts';
import { at } from '../../kit/talk.ts';

export const serverCases: Cases = (desk, { password }) => {
  it('tells version and time without a login, and also to a login for an organization that does not exist', async () => {
    const { url, credentials } = desk().server;
    const wrong = { kind: 'token', token: 'nobody.knows' } as const;
    const stranger = createCvat({ url, organization: 'nobody-has-it', credentials: async () => wrong });
    const { version, clockAheadMs } = await stranger.about();
    expect(version).toBe(desk().version);
    expect(Math.abs(clockAheadMs ?? Infinity)).toBeLessThan(60_000);
    const lost = createCvat({ url, organization: 'nobody-has-it', credentials: async () => credentials });
    expect((await lost.whoAmI()).isActive).toBe(true);
    expect(await lost.importFormats()).toContain('COCO 1.0');
  });

  it('imports COCO 1.0, and says who is logged in and what role they have in the organization', async () => {
    const { cvat } = desk();
    expect(await cvat.importFormats()).toContain('COCO 1.0');
    const user = await cvat.whoAmI();
    expect(user).toMatchObject({ username: expect.any(String), isActive: true });
    expect(await cvat.ownRole(user.username)).toBe('owner');
    expect(await cvat.ownRole(ownName('nobody'))).toBeNull();
  });

  it('answers 404 where the organization does not exist', async () => {
    const { url, credentials } = desk().server;
    const lost = createCvat({ url, organization: 'nobody-has-it', credentials: async () => credentials });
    expect(await failureOf(lost.ownRole('x'))).toMatchObject({ code: 'CvatRejected', facts: { status: 404 } });
  });

  if (!password) {
    it.todo('tells an access token what it may and when it ends (not run: needs CVAT_PASSWORD)');
    return;
  }

  it('tells an access token what it may and when it ends; a login by password has none', async () => {
    expect(await desk().cvat.ownToken()).toBeNull();
    const json = { name: ownName('contract'), expiry_date: '2099-01-01T00:00:00Z' };
    const made = await desk().talk('POST', '/api/auth/access_tokens', { json });
    try {
      const token = String(at(made.json, 'value'));
      const cvat = createCvat({ url: desk().server.url, credentials: async () => ({ kind: 'token', token }) });
      const own = { name: json.name, readOnly: true, expiresAt: '2099-01-01T00:00:00Z' };
      expect(await cvat.ownToken()).toEqual(own);
    } finally {
      await desk().talk('DELETE', `/api/auth/access_tokens/${String(at(made.json, 'id'))}`);
    }
  });
};
