import { json, type Answer } from '../answers/answer.ts';
import { refuseDetail, refuseFields, refuseList } from '../answers/refusal.ts';
import { loginKey, userByPassword } from '../state/users.ts';
import { accessTokenRoutes } from './access-tokens.ts';
import { jsonFields } from './body.ts';
import type { Call, UserCall } from './call.ts';
import { registerUser } from './register-user.ts';
import type { Register } from './resource.ts';
import { cookiesOf, endedCookies, sessionCookies } from './session-cookies.ts';

export function authRoutes(register: Register): void {
  register.open('/api/auth/login', { POST: login });
  register.open('/api/auth/register', { POST: registerUser });
  register.users('/api/auth/logout', {
    // Named as allowed, and refused all the same.
    GET: () => {
      throw refuseDetail(405, 'Method "GET" not allowed.');
    },
    POST: logout,
  });
  accessTokenRoutes(register);
}

/** Answers with the user's key, which is the same for all clients, and with the cookies of a session of this one. */
function login(call: Call): Answer {
  const body = jsonFields(call.request);
  const name = body['username'] ?? body['email'];
  const password = body['password'];
  if (typeof name !== 'string' || typeof password !== 'string') {
    throw refuseList('Must include either "username" or "email" and "password".');
  }
  const user = userByPassword(call.state, name, password);
  if (user === undefined) throw refuseFields({ non_field_errors: ['Unable to log in with provided credentials.'] });
  const key = loginKey(call.state, user);
  return json(200, { key }, { 'set-cookie': sessionCookies(call.state, user.id) });
}

/** Deletes the user's key, for every client that uses it, and the session that asked. */
function logout(call: UserCall): Answer {
  call.user.key = null;
  const session = cookiesOf(call.request).get('sessionid');
  const hadSession = session !== undefined && call.state.sessions.delete(session);
  const headers = hadSession ? { 'set-cookie': endedCookies() } : {};
  return json(200, { detail: 'Successfully logged out.' }, headers);
}
