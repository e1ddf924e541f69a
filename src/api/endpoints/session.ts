import { z } from 'zod';
import { ROLES } from '../../contracts/role.ts';
import { define, noBody, nothing } from '../define.ts';

/** Who asks, and what they may. */
const identity = z.object({
  name: z.string(),
  role: z.enum(ROLES),
  connections: z.array(z.string()).nullable().describe('null for all'),
  expiresAt: z.string().nullable().describe('until when the login holds; null for as long as its token'),
});

const base = { path: '/session', tag: 'session', params: nothing, query: nothing } as const;

export const readSession = define({
  ...base,
  id: 'readSession',
  method: 'GET',
  summary: 'Who the server takes the caller for',
  role: 'viewer',
  reach: 'none',
  changes: false,
  body: noBody,
  answer: identity,
});

export const login = define({
  ...base,
  id: 'login',
  method: 'POST',
  summary: 'Exchanges a token for a cookie that a page can use',
  role: null,
  reach: 'none',
  changes: true,
  body: z.strictObject({ token: z.string().min(1).max(16_384) }),
  answer: identity,
});

export const logout = define({
  ...base,
  id: 'logout',
  method: 'DELETE',
  summary: 'Takes the cookie back',
  role: null,
  reach: 'none',
  changes: true,
  body: noBody,
  answer: null,
});
