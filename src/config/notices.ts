import type { ProblemSink } from './problems.ts';
import { readSecret, secretVariables, type Secret } from './secret.ts';
import { readText, readUrl, type Env } from './variables.ts';

/** How notices leave a worker; null for a channel that is not configured. */
export interface NoticeConfig {
  /** Address of an incoming webhook, which is a secret. */
  readonly slack: Secret | null;
  /** Address of the mail server, with its login, and of the sender. */
  readonly email: { readonly url: Secret; readonly from: string } | null;
  readonly webhook: { readonly url: string; readonly secret: Secret | null } | null;
}

const ADDRESS = /^[^\s@<>,;:"()]+@[^\s@<>,;:"()]+$/;

/** `MASKLOOP_SLACK_WEBHOOK`, `MASKLOOP_SMTP_URL` with `MASKLOOP_MAIL_FROM`, `MASKLOOP_NOTICE_URL` with `MASKLOOP_NOTICE_SECRET`. */
export function readNotices(env: Env, problems: ProblemSink): NoticeConfig {
  return { slack: readSlack(env, problems), email: readEmail(env, problems), webhook: readWebhook(env, problems) };
}

function readSlack(env: Env, problems: ProblemSink): Secret | null {
  const names = secretVariables('MASKLOOP_SLACK_WEBHOOK');
  const secret = readSecret(env, names, problems);
  if (secret === null || hasScheme(secret, ['http:', 'https:'])) return secret;
  problems.add(names.value, 'is not an address that begins with https://.');
  return null;
}

function readEmail(env: Env, problems: ProblemSink): NoticeConfig['email'] {
  const names = secretVariables('MASKLOOP_SMTP_URL');
  const url = readSecret(env, names, problems);
  const from = readText(env, 'MASKLOOP_MAIL_FROM');
  if (url === null) return null;
  if (!hasScheme(url, ['smtp:', 'smtps:'])) problems.add(names.value, 'does not begin with smtp:// or smtps://.');
  else if (from === null)
    problems.add('MASKLOOP_MAIL_FROM', 'is needed with MASKLOOP_SMTP_URL: the sender of letters.');
  else if (!ADDRESS.test(from))
    problems.add('MASKLOOP_MAIL_FROM', 'is no e-mail address, such as maskloop@example.org.');
  else return { url, from };
  return null;
}

function readWebhook(env: Env, problems: ProblemSink): NoticeConfig['webhook'] {
  const url = readUrl(env, 'MASKLOOP_NOTICE_URL', problems);
  const secret = readSecret(env, secretVariables('MASKLOOP_NOTICE_SECRET'), problems);
  return url === null ? null : { url, secret };
}

function hasScheme(secret: Secret, schemes: readonly string[]): boolean {
  const text = secret.read();
  return URL.canParse(text) && schemes.includes(new URL(text).protocol);
}
