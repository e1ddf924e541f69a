import { json, type Answer } from '../answers/answer.ts';
import { refuseFields } from '../answers/refusal.ts';
import { addUser, loginKey } from '../state/users.ts';
import { asText, jsonFields, type Fields } from './body.ts';
import type { Call } from './call.ts';
import { textComplaint, textField } from './fields.ts';
import { sessionCookies } from './session-cookies.ts';

const REQUIRED = ['username', 'email', 'password1', 'password2'];
const MIN_PASSWORD = 8;

/**
 * Makes an account, which CVAT lets anybody do, and logs it in.
 *
 * @throws Refusal 400 for missing or taken names and for passwords that are too simple
 */
export function registerUser(call: Call): Answer {
  const body = jsonFields(call.request);
  checkFields(call, body);
  const username = asText(body['username']).trim();
  checkPassword(body, username);
  const user = addUser(call.state, {
    username,
    password: asText(body['password1']),
    email: asText(body['email']).trim(),
    firstName: textField(body, 'first_name', { max: 150, blank: true }) ?? '',
    lastName: textField(body, 'last_name', { max: 150, blank: true }) ?? '',
  });
  const key = loginKey(call.state, user);
  const shown = {
    username: user.username,
    email: user.email,
    first_name: user.firstName,
    last_name: user.lastName,
    email_verification_required: false,
    key,
  };
  const greeting = `messages=${call.state.random.letters(96)}; HttpOnly; Path=/; SameSite=Lax`;
  return json(201, shown, { 'set-cookie': [greeting, ...sessionCookies(call.state, user.id)] });
}

function checkFields(call: Call, body: Fields): void {
  const complaints = REQUIRED.flatMap((name): [string, string[]][] => {
    const complaint = body[name] === undefined ? 'This field is required.' : textComplaint(body[name], { max: 256 });
    return complaint === undefined ? [] : [[name, [complaint]]];
  });
  if (complaints.length > 0) throw refuseFields(Object.fromEntries(complaints));
  const name = asText(body['username']).trim().toLowerCase();
  const isTaken = [...call.state.users.values()].some((user) => user.username.toLowerCase() === name);
  if (isTaken) throw refuseFields({ username: ['A user with that username already exists.'] });
  if (!/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(asText(body['email']).trim())) {
    throw refuseFields({ email: ['Enter a valid email address.'] });
  }
}

function checkPassword(body: Fields, username: string): void {
  const password = asText(body['password1']);
  const complaints: string[] = [];
  const parts = [username, ...username.split(/\W+/)]
    .map((part) => part.toLowerCase())
    .filter((part) => part.length > 2);
  if (parts.some((part) => password.toLowerCase().includes(part) && part.length * 10 >= password.length * 7)) {
    complaints.push('The password is too similar to the username.');
  }
  if (password.length < MIN_PASSWORD) {
    complaints.push(`This password is too short. It must contain at least ${MIN_PASSWORD} characters.`);
  }
  if (/^\d+$/.test(password)) complaints.push('This password is entirely numeric.');
  if (complaints.length === 0 && password !== asText(body['password2'])) {
    complaints.push("The two password fields didn't match.");
  }
  if (complaints.length > 0) throw refuseFields({ non_field_errors: complaints });
}
