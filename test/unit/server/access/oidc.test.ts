import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { exportJWK, exportSPKI, generateKeyPair, SignJWT, UnsecuredJWT, type CryptoKey, type JWTPayload } from 'jose';
import type { OidcConfig } from '../../../../src/config/access.ts';
import { jwtCheck } from '../../../../src/server/access/oidc.ts';
import { openApiSite, testAccess } from '../../../kit/api-site.ts';

let issuer: Server;
let base = '';
let keys: { publicKey: CryptoKey; privateKey: CryptoKey };
let strangers: { publicKey: CryptoKey; privateKey: CryptoKey };

beforeAll(async () => {
  keys = await generateKeyPair('RS256', { extractable: true });
  strangers = await generateKeyPair('RS256', { extractable: true });
  const jwk = { ...(await exportJWK(keys.publicKey)), kid: 'known', alg: 'RS256', use: 'sig' };
  issuer = createServer((request, response) => {
    const answer = request.url === '/keys' ? { keys: [jwk] } : { issuer: base, jwks_uri: `${base}/keys` };
    response.setHeader('content-type', 'application/json').end(JSON.stringify(answer));
  });
  await new Promise<void>((resolve) => issuer.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(issuer.address() as AddressInfo).port}`;
});
afterAll(async () => {
  await new Promise((resolve) => issuer.close(resolve));
});

const config = (changes: Partial<OidcConfig> = {}): OidcConfig => ({
  issuer: base,
  audience: 'maskloop',
  jwksUrl: null,
  roleClaim: 'maskloop_role',
  connectionsClaim: null,
  ...changes,
});

const CLAIMS: JWTPayload = { sub: 'u1', preferred_username: 'ana', maskloop_role: 'lead' };

async function signed(
  claims: JWTPayload = CLAIMS,
  { key = keys.privateKey, kid = 'known', audience = 'maskloop', from = base, expires = '5m' } = {},
): Promise<string> {
  return new SignJWT(claims)
    .setProtectedHeader({ alg: 'RS256', kid })
    .setIssuer(from)
    .setAudience(audience)
    .setIssuedAt()
    .setExpirationTime(expires)
    .sign(key);
}

describe('a JWT of the issuer', () => {
  it('says who it is of, with the highest of the roles that are ours, until it expires', async () => {
    const check = jwtCheck(config());
    expect(await check(await signed())).toMatchObject({ name: 'ana', role: 'lead', connections: null });
    const many = await check(await signed({ ...CLAIMS, maskloop_role: ['dancer', 'viewer', 'operator'] }));
    expect(many).toMatchObject({ role: 'operator', isAmbient: false });
    expect(Date.parse(many?.expiresAt ?? '')).toBeGreaterThan(Date.now());
  });

  it('gives the connections of its claim, and nothing where a claim that is asked for is missing', async () => {
    const check = jwtCheck(config({ connectionsClaim: 'teams' }));
    expect(await check(await signed({ ...CLAIMS, teams: ['north', 'west'] }))).toMatchObject({
      connections: ['north', 'west'],
    });
    expect(await check(await signed({ ...CLAIMS, teams: '*' }))).toMatchObject({ connections: null });
    for (const teams of [undefined, [], '', 7]) expect(await check(await signed({ ...CLAIMS, teams }))).toBeNull();
  });

  it('is refused without a role that is ours', async () => {
    const check = jwtCheck(config());
    for (const maskloop_role of [undefined, 'admin', ['x'], 'Operator', { operator: true }]) {
      expect(await check(await signed({ ...CLAIMS, maskloop_role }))).toBeNull();
    }
  });

  it('is refused where it has expired, is for somebody else, of another issuer, or signed by an unknown key', async () => {
    const check = jwtCheck(config());
    const refused = {
      expired: await signed(CLAIMS, { expires: '-5m' }),
      audience: await signed(CLAIMS, { audience: 'another' }),
      issuer: await signed(CLAIMS, { from: 'http://127.0.0.1:1' }),
      'unknown kid': await signed(CLAIMS, { key: strangers.privateKey, kid: 'unknown' }),
      'stranger under a known kid': await signed(CLAIMS, { key: strangers.privateKey }),
      'no signature': new UnsecuredJWT(CLAIMS).setIssuer(base).setAudience('maskloop').setExpirationTime('5m').encode(),
      'public key as a shared secret': await new SignJWT(CLAIMS)
        .setProtectedHeader({ alg: 'HS256', kid: 'known' })
        .setIssuer(base)
        .setAudience('maskloop')
        .setExpirationTime('5m')
        .sign(Buffer.from(await exportSPKI(keys.publicKey))),
      'no expiry': await new SignJWT(CLAIMS)
        .setProtectedHeader({ alg: 'RS256', kid: 'known' })
        .setIssuer(base)
        .setAudience('maskloop')
        .sign(keys.privateKey),
      nonsense: 'a.b.c',
    };
    const { alg: _, ...changed } = JSON.parse(
      Buffer.from(refused.expired.split('.')[1] ?? '', 'base64url').toString(),
    ) as JWTPayload;
    const [head, , signature] = (await signed()).split('.');
    const forged = Buffer.from(JSON.stringify({ ...changed, maskloop_role: 'operator', exp: 9e9 })).toString(
      'base64url',
    );
    for (const [what, token] of Object.entries({ ...refused, forged: `${head}.${forged}.${signature}` })) {
      expect([what, await check(token)]).toEqual([what, null]);
    }
  });

  it('lets nobody in while the issuer is away, and says that it is', async () => {
    const away = jwtCheck(config({ jwksUrl: 'http://127.0.0.1:9/keys' }));
    await expect(away(await signed())).rejects.toMatchObject({ code: 'IssuerUnreachable' });
  });

  it('can be exchanged for a cookie that holds no longer than it does', async () => {
    const site = await openApiSite({}, { access: testAccess({ jwt: jwtCheck(config()) }) });
    try {
      const token = await signed(CLAIMS, { expires: '90s' });
      expect((await site.ask(token, 'GET', '/api/v1/session')).json).toMatchObject({ name: 'ana', role: 'lead' });
      const headers = { 'x-maskloop-page': '1' };
      const login = await site.ask(null, 'POST', '/api/v1/session', { body: { token }, headers });
      const { expiresAt } = login.json as { expiresAt: string };
      expect(Date.parse(expiresAt) - Date.now()).toBeLessThanOrEqual(90_000);
      const cookie = login.headers.get('set-cookie')?.split(';')[0] ?? '';
      expect((await site.ask(null, 'GET', '/api/v1/session', { headers: { cookie } })).json).toMatchObject({
        name: 'ana',
        role: 'lead',
      });
      const expired = await site.ask(await signed(CLAIMS, { expires: '-5m' }), 'GET', '/api/v1/session');
      expect([expired.status, expired.json]).toMatchObject([401, { code: 'LoginNeeded' }]);
    } finally {
      await site.close();
    }
  });
});
