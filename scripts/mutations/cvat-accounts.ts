import type { Mutation } from './mutation.ts';
import { cvatContract as contract, cvatUnit as unit } from './suites.ts';

const ROOM = 'src/sandbox/cvat';

/** How CVAT knows its users, and how often it listens to those it does not know. */
export const CVAT_ACCOUNTS: readonly Mutation[] = [
  {
    oddity: 'a wrong password is 400, not 401',
    file: `${ROOM}/routes/auth.ts`,
    find: "throw refuseFields({ non_field_errors: ['Unable to log in with provided credentials.'] })",
    replace: "throw refuseDetail(401, 'Unable to log in with provided credentials.')",
    suites: [contract('logging in')],
  },
  {
    oddity: 'logging out deletes the key for all clients',
    file: `${ROOM}/routes/auth.ts`,
    find: '  call.user.key = null;\n',
    replace: '',
    suites: [contract('logging in')],
  },
  {
    oddity: 'access tokens are read-only unless told otherwise',
    file: `${ROOM}/routes/access-tokens.ts`,
    find: "flag(body, 'read_only') ?? true",
    replace: "flag(body, 'read_only') ?? false",
    suites: [contract('logging in')],
  },
  {
    oddity: 'an empty organization header means the personal space alone',
    file: `${ROOM}/routes/organization-context.ts`,
    find: "if (slug === '' || orgId === '') return null;",
    replace: "if (slug === '' || orgId === '') return undefined;",
    suites: [contract('organizations')],
  },
  {
    oddity: 'an unknown organization is 404',
    file: `${ROOM}/routes/organization-context.ts`,
    find: 'refuseDetail(404, `${slug',
    replace: 'refuseDetail(403, `${slug',
    suites: [contract('organizations')],
  },
  {
    oddity: 'an access token makes no further ones',
    file: `${ROOM}/routes/access-tokens.ts`,
    find: 'function create(call: UserCall): Answer {\n  if (call.token !== undefined) throw forbidden();\n',
    replace: 'function create(call: UserCall): Answer {\n',
    suites: [unit('sessions'), unit('protocol')],
  },
  {
    oddity: 'cookies alone read but do not write',
    file: `${ROOM}/routes/authenticate.ts`,
    find: '  if (!READS.includes(request.method)) checkForgery(request);\n',
    replace: '',
    suites: [unit('sessions')],
  },
  {
    oddity: "a page of another site cannot write with somebody's cookies",
    file: `${ROOM}/routes/authenticate.ts`,
    find: "origin !== undefined && origin.replace(/^https?:\\/\\//, '') !== host",
    replace: 'origin === host',
    suites: [unit('sessions')],
  },
  {
    oddity: 'a login of a browser runs out',
    file: `${ROOM}/state/sessions.ts`,
    find: 'session === undefined || session.expires <= state.now() ? undefined : session',
    replace: 'session',
    suites: [unit('sessions')],
  },
  {
    oddity: 'requests without credentials share a budget, beyond which even the right password is 429',
    file: `${ROOM}/routes/throttle.ts`,
    find: 'oldest === undefined || recent.length < state.anonymousPerMinute',
    replace: 'oldest === undefined || recent.length >= 0',
    suites: [unit('throttle')],
  },
  {
    oddity: 'a throttled request does not count itself',
    file: `${ROOM}/routes/throttle.ts`,
    find: '  const seconds = Math.ceil(',
    replace: '  recent.push(now);\n  const seconds = Math.ceil(',
    suites: [unit('throttle')],
  },
  {
    oddity: 'a throttled client is told how many seconds to wait',
    file: `${ROOM}/routes/throttle.ts`,
    find: "    { 'retry-after': String(seconds) },\n",
    replace: '',
    suites: [unit('throttle')],
  },
  {
    oddity: 'clients behind a proxy are told apart by what it says of them',
    file: `${ROOM}/routes/throttle.ts`,
    find: 'const client = forwarded ?? request.ip;',
    replace: "const client = forwarded === 'never' ? forwarded : request.ip;",
    suites: [unit('throttle')],
  },
  {
    oddity: 'requests with credentials are not throttled',
    file: `${ROOM}/routes/resource.ts`,
    find: 'if (hasCredentials(call.state, call.request)) authenticate(call.state, call.request);\n        else checkAnonymousBudget(call.state, call.request);',
    replace: 'checkAnonymousBudget(call.state, call.request);',
    suites: [unit('throttle')],
  },
];
