import { empty, json } from '../answers/answer.ts';
import { pageOf } from '../answers/paging.ts';
import { forbidden, notFound, refuseFields, refuseList } from '../answers/refusal.ts';
import { tokenView } from '../answers/views.ts';
import type { AccessToken } from '../state/entities.ts';
import { addToken, loginKey, userByPassword } from '../state/users.ts';
import { jsonFields } from './body.ts';
import type { Call, UserCall } from './call.ts';
import { requiredText } from './fields.ts';
import type { Register } from './resource.ts';

export function authRoutes(register: Register): void {
  register.open('/api/auth/login', { POST: login });
  register.users('/api/auth/logout', {
    POST: (call) => {
      call.user.key = null;
      return json(200, { detail: 'Successfully logged out.' });
    },
  });
  register.users('/api/auth/access_tokens', {
    GET: (call) => pageOf(call, ownTokens(call), (token) => tokenView(call, token)),
    POST: createToken,
  });
  register.users('/api/auth/access_tokens/self', {
    GET: (call) => {
      if (call.token === undefined) throw notFound('AccessToken');
      return json(200, tokenView(call, call.token));
    },
  });
  register.users('/api/auth/access_tokens/:id', {
    GET: (call) => json(200, tokenView(call, theToken(call))),
    DELETE: (call) => {
      call.state.tokens.delete(theToken(call).id);
      return empty(204);
    },
  });
}

function login(call: Call) {
  const body = jsonFields(call.request);
  const name = body['username'] ?? body['email'];
  const password = body['password'];
  if (typeof name !== 'string' || typeof password !== 'string') {
    throw refuseList('Must include either "username" or "email" and "password".');
  }
  const user = userByPassword(call.state, name, password);
  if (user === undefined) throw refuseFields({ non_field_errors: ['Unable to log in with provided credentials.'] });
  return json(200, { key: loginKey(call.state, user) });
}

/** A token cannot be made with a token. */
function createToken(call: UserCall) {
  if (call.token !== undefined) throw forbidden();
  const body = jsonFields(call.request);
  const expiry = body['expiry_date'];
  const token = addToken(call.state, {
    userId: call.user.id,
    name: requiredText(body, 'name', { max: 255 }),
    readOnly: body['read_only'] !== false,
    expiry: typeof expiry === 'string' ? expiry : null,
  });
  return json(201, { ...tokenView(call, token), value: token.value });
}

/** Tokens that have not expired. */
function ownTokens(call: UserCall): AccessToken[] {
  return [...call.state.tokens.values()].filter(
    (token) => token.userId === call.user.id && (token.expiry === null || Date.parse(token.expiry) > call.state.now()),
  );
}

function theToken(call: UserCall): AccessToken {
  const token = ownTokens(call).find((candidate) => String(candidate.id) === call.params['id']);
  if (token === undefined) throw notFound('AccessToken');
  return token;
}
