import { readHeadersFile, type HeadersFile } from './headers-file.ts';
import type { ProblemSink } from './problems.ts';
import { isSet, readSecret, secretVariables, type SecretNames } from './secret.ts';
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
  /** Sent with every request, as the file of headers is now; names in lower case. */
  readonly headers: HeadersFile;
}

/** What the settings of one CVAT are called. */
export interface CvatNames {
  readonly url: string;
  readonly publicUrl: string;
  readonly organization: string;
  readonly headersFile: string;
  readonly token: SecretNames;
  readonly username: SecretNames;
  readonly password: SecretNames;
}

/** The settings of the connection `default`. */
export const CVAT_VARIABLES: CvatNames = {
  url: 'CVAT_URL',
  publicUrl: 'CVAT_PUBLIC_URL',
  organization: 'CVAT_ORG',
  headersFile: 'CVAT_HEADERS_FILE',
  token: secretVariables('CVAT_TOKEN'),
  username: secretVariables('CVAT_USERNAME'),
  password: secretVariables('CVAT_PASSWORD'),
};

/** The settings of one CVAT; null if its address is not set, or with noted problems. */
export function readCvat(env: Env, names: CvatNames, required: boolean, problems: ProblemSink): CvatConfig | null {
  if (readText(env, names.url) === null) {
    if (!required) return null;
    problems.add(names.url, 'is not set; it names the CVAT to work with.');
  }
  const url = readUrl(env, names.url, problems);
  const publicUrl = readUrl(env, names.publicUrl, problems);
  const credentials = readCredentials(env, names, problems);
  const headers = readHeadersFile(env, names.headersFile, problems);
  if (url === null || credentials === null) return null;
  return { url, publicUrl: publicUrl ?? url, organization: readText(env, names.organization), credentials, headers };
}

function readCredentials(env: Env, names: CvatNames, problems: ProblemSink): CvatConfig['credentials'] | null {
  const [token, username, password] = [names.token.value, names.username.value, names.password.value];
  const hasLogin = isSet(env, names.username) || isSet(env, names.password);
  if (isSet(env, names.token)) {
    if (hasLogin) problems.add(token, `is set beside ${username} or ${password}; set one kind of login.`);
    const secret = readSecret(env, names.token, problems);
    return secret === null ? null : async () => ({ kind: 'token', token: secret.read() });
  }
  if (!hasLogin) {
    problems.add(token, `is not set, and neither are ${username} and ${password}; set one kind of login.`);
    return null;
  }
  for (const name of [names.username, names.password]) {
    if (!isSet(env, name)) problems.add(name.value, `is not set; a login needs both ${username} and ${password}.`);
  }
  const user = readSecret(env, names.username, problems);
  const secret = readSecret(env, names.password, problems);
  if (user === null || secret === null) return null;
  return async () => ({ kind: 'password', username: user.read(), password: secret.read() });
}
