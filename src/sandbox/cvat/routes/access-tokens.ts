import { empty, json, type Answer } from '../answers/answer.ts';
import { pageOf } from '../answers/paging.ts';
import { forbidden, notFound, refuseFields } from '../answers/refusal.ts';
import { tokenView } from '../answers/views.ts';
import type { AccessToken } from '../state/entities.ts';
import { addToken } from '../state/users.ts';
import { asText, jsonFields, type Fields } from './body.ts';
import type { UserCall } from './call.ts';
import { onlyFields, requiredText, textField } from './fields.ts';
import type { Register } from './resource.ts';

/** Longest name, in characters. */
const MAX_NAME = 255;

export function accessTokenRoutes(register: Register): void {
  register.users('/api/auth/access_tokens', {
    GET: (call) => pageOf(call, ownTokens(call), (token) => tokenView(call, token)),
    POST: create,
  });
  register.users('/api/auth/access_tokens/self', {
    GET: (call) => {
      if (call.token === undefined) throw notFound('AccessToken');
      return json(200, tokenView(call, call.token));
    },
  });
  register.users('/api/auth/access_tokens/:id', {
    GET: (call) => json(200, tokenView(call, theToken(call))),
    PATCH: change,
    DELETE: (call) => {
      call.state.tokens.delete(theToken(call).id);
      return empty(204);
    },
  });
}

/** A token cannot be made with a token. Unless it is told otherwise it only reads. */
function create(call: UserCall): Answer {
  if (call.token !== undefined) throw forbidden();
  const body = jsonFields(call.request);
  const token = addToken(call.state, {
    userId: call.user.id,
    name: requiredText(body, 'name', { max: MAX_NAME }),
    readOnly: flag(body, 'read_only') ?? true,
    expiry: expiry(body) ?? null,
  });
  return json(201, { ...tokenView(call, token), value: token.value });
}

function change(call: UserCall): Answer {
  if (call.token !== undefined) throw forbidden();
  const token = theToken(call);
  const body = jsonFields(call.request);
  onlyFields(body, ['name', 'read_only', 'expiry_date']);
  token.name = textField(body, 'name', { max: MAX_NAME }) ?? token.name;
  token.readOnly = flag(body, 'read_only') ?? token.readOnly;
  const ends = expiry(body);
  if (ends !== undefined) token.expiry = ends;
  token.updated = call.state.stamp();
  return json(200, tokenView(call, token));
}

function flag(body: Fields, name: string): boolean | undefined {
  const value = body[name];
  if (value === undefined || typeof value === 'boolean') return value;
  throw refuseFields({ [name]: ['Must be a valid boolean.'] });
}

/** A time, which may lie in the past, or null for never. */
function expiry(body: Fields): string | null | undefined {
  const value = body['expiry_date'];
  if (value === undefined || value === null) return value;
  const text = asText(value);
  if (Number.isNaN(Date.parse(text))) {
    const forms = 'YYYY-MM-DDThh:mm[:ss[.uuuuuu]][+HH:MM|-HH:MM|Z]';
    throw refuseFields({ expiry_date: [`Datetime has wrong format. Use one of these formats instead: ${forms}.`] });
  }
  return text;
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
