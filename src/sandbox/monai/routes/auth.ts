import type { FastifyInstance } from 'fastify';
import { readForm } from '../answers/form.ts';
import { missing, refuse } from '../answers/http-answer.ts';
import type { AuthOptions, MonaiState } from '../state.ts';
import { on } from './on.ts';

/** Routes that need no token. */
const OPEN = new Set(['/auth/', '/auth/token', '/openapi.json']);

/**
 * Switches logins on: whatever else has a route wants a token, and refuses every one of them. The server checks tokens
 * without saying which signatures it takes, so that its library takes none.
 */
export function addAuth(app: FastifyInstance, auth: AuthOptions): void {
  app.addHook('onRequest', async (request) => {
    if (request.is404 || OPEN.has(request.routeOptions.url ?? '')) return;
    const challenge = { 'www-authenticate': 'Bearer' };
    if (!/^bearer /i.test(request.headers.authorization ?? '')) throw refuse(401, 'Not authenticated', challenge);
    if (!auth.isReachable) throw new Error('the realm cannot be reached');
    throw refuse(401, 'Could not validate credentials', challenge);
  });
}

/** Logins, if they are switched on. */
export function addAuthRoutes(app: FastifyInstance, { switches: { auth } }: MonaiState): void {
  if (auth === null) return;

  on(app, 'GET /auth/', async () => ({ enabled: true, client_id: 'monailabel-app', realm: auth.realm }));

  on(app, 'POST /auth/token', async (request) => {
    const form = await readForm(request);
    const [username, password] = ['username', 'password'].map((name) => {
      const value = form.field(name);
      if (value === null) throw missing('body', name);
      return value;
    });
    if (!auth.isReachable || !auth.users.includes(username ?? '')) throw new Error('the realm refuses');
    const token = Buffer.from(JSON.stringify({ preferred_username: username, length: password?.length }));
    return { access_token: `e30.${token.toString('base64url')}.sandbox`, token_type: 'Bearer' };
  });

  on(app, 'GET /auth/token/valid', async () => ({}));
}
