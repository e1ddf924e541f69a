import { readHeadersFile } from './headers-file.ts';
import type { Problems } from './problems.ts';
import { isSet, readSecret } from './secret.ts';
import { readText, readUrl, type Env } from './variables.ts';

export type CvatCredentials =
  | { readonly kind: 'token'; readonly token: string }
  | { readonly kind: 'password'; readonly username: string; readonly password: string };

export interface CvatConfig {
  /** Where the worker reaches CVAT; no trailing slash. */
  readonly url: string;
  /** Where people reach CVAT; no trailing slash. */
  readonly publicUrl: string;
  /** Short name of the organization; null for the personal workspace. */
  readonly organization: string | null;
  /**
   * The login as it is now: files of secrets are read again on each call.
   *
   * @throws MaskloopError `InvalidConfiguration` if such a file can no longer be read
   */
  readonly credentials: () => Promise<CvatCredentials>;
  /** Sent with every request; names in lower case. */
  readonly headers: Record<string, string>;
}

/** CVAT's settings; null if `CVAT_URL` is not set, or with noted problems. */
export function readCvat(env: Env, required: boolean, problems: Problems): CvatConfig | null {
  if (readText(env, 'CVAT_URL') === null) {
    if (!required) return null;
    problems.add('CVAT_URL', 'is not set; it names the CVAT to work with.');
  }
  const url = readUrl(env, 'CVAT_URL', problems);
  const publicUrl = readUrl(env, 'CVAT_PUBLIC_URL', problems);
  const credentials = readCredentials(env, problems);
  const headers = readHeadersFile(env, 'CVAT_HEADERS_FILE', problems);
  if (url === null || credentials === null) return null;
  return { url, publicUrl: publicUrl ?? url, organization: readText(env, 'CVAT_ORG'), credentials, headers };
}

function readCredentials(env: Env, problems: Problems): CvatConfig['credentials'] | null {
  const hasLogin = isSet(env, 'CVAT_USERNAME') || isSet(env, 'CVAT_PASSWORD');
  if (isSet(env, 'CVAT_TOKEN')) {
    if (hasLogin) problems.add('CVAT_TOKEN', 'is set beside CVAT_USERNAME or CVAT_PASSWORD; set one kind of login.');
    const token = readSecret(env, 'CVAT_TOKEN', problems);
    return token === null ? null : async () => ({ kind: 'token', token: token.read() });
  }
  if (!hasLogin) {
    problems.add('CVAT_TOKEN', 'is not set, and neither are CVAT_USERNAME and CVAT_PASSWORD; set one kind of login.');
    return null;
  }
  for (const name of ['CVAT_USERNAME', 'CVAT_PASSWORD']) {
    if (!isSet(env, name)) problems.add(name, 'is not set; a login needs both CVAT_USERNAME and CVAT_PASSWORD.');
  }
  const username = readSecret(env, 'CVAT_USERNAME', problems);
  const password = readSecret(env, 'CVAT_PASSWORD', problems);
  if (username === null || password === null) return null;
  return async () => ({ kind: 'password', username: username.read(), password: password.read() });
}
