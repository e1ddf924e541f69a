import { PASSWORD_VARIABLE } from './connections-file.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** The environment of a simulation's worker: with nothing that would lead to somebody's real servers. */
export function workerSettings(
  env: Env,
  own: { readonly connections: string; readonly store: string; readonly password: string; readonly temporal: string },
): Env {
  const kept = Object.entries(env).filter(([name]) => !/^(CVAT|MONAI|MASKLOOP|TEMPORAL)_/.test(name));
  return {
    ...Object.fromEntries(kept),
    MASKLOOP_CONNECTIONS: own.connections,
    MASKLOOP_STORE: own.store,
    MASKLOOP_LOG_LEVEL: 'error',
    [PASSWORD_VARIABLE]: own.password,
    TEMPORAL_ADDRESS: own.temporal,
  };
}
