import path from 'node:path';
import { readText, userFolder, type Env } from './variables.ts';

/** Something like `s3://` or `file://`. */
const SCHEME = /^[a-z][a-z0-9+.-]*:\/\//i;

/**
 * Address of the artifact store: `MASKLOOP_STORE`, a folder (made absolute) or an address with a scheme (as it is);
 * without it the folder `maskloop-store` in the user's data folder.
 */
export function readStore(env: Env): string {
  const named = readText(env, 'MASKLOOP_STORE');
  if (named === null) return path.join(userFolder(env, 'XDG_DATA_HOME', '.local/share'), 'maskloop-store');
  return SCHEME.test(named) ? named : path.resolve(named);
}

/** Folder in which `maskloop up` keeps Temporal's database: `maskloop` in the user's state folder. */
export function stateFolder(env: Env): string {
  return path.join(userFolder(env, 'XDG_STATE_HOME', '.local/state'), 'maskloop');
}
