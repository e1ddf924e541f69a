import type { ProblemSink } from './problems.ts';
import { readSecret, secretVariables, type Secret } from './secret.ts';
import { readUrl, type Env } from './variables.ts';

/** The server that commands go through. */
export interface RemoteConfig {
  /** Without a slash at its end. */
  readonly url: string;
  /** Null where the server asks for none. */
  readonly token: Secret | null;
}

/** `MASKLOOP_URL` and `MASKLOOP_TOKEN`; null where commands talk to Temporal. */
export function readRemote(env: Env, problems: ProblemSink): RemoteConfig | null {
  const url = readUrl(env, 'MASKLOOP_URL', problems);
  if (url === null) return null;
  return { url, token: readSecret(env, secretVariables('MASKLOOP_TOKEN'), problems) };
}
