import { fine, problem, problemOf } from '../checks/finding.ts';
import { loadClientConfig, loadWorkerConfig, type ClientConfig } from '../config.ts';
import type { Connections } from '../config/connections.ts';
import { readText, type Env } from '../config/variables.ts';
import type { Finding } from '../contracts/doctor.ts';
import { isMaskloopError } from '../contracts/error.ts';

/** What can be read of the environment, and everything that is wrong with it. */
export interface ConfigurationSeen {
  readonly findings: readonly Finding[];
  /** Null if Temporal or the store are not usable as configured. */
  readonly client: ClientConfig | null;
  /** The connections configured here; none where that is the business of workers alone, or wrong. */
  readonly connections: Connections;
}

const NONE: Connections = new Map();

/** Settings that say that servers are to be reached from here as well. */
const SERVER_SETTINGS = ['CVAT_URL', 'MASKLOOP_CONNECTIONS'];

/** Reads the configuration here, as a worker would where servers are configured, else as a client. */
export function inspectConfiguration(env: Env): ConfigurationSeen {
  if (!SERVER_SETTINGS.some((name) => readText(env, name) !== null)) {
    const client = attempt(() => loadClientConfig(env));
    const found = fine('no CVAT is configured here; workers have settings of their own');
    return 'failed' in client
      ? { findings: client.failed, client: null, connections: NONE }
      : { findings: [found], client: client.made, connections: NONE };
  }
  const worker = attempt(() => loadWorkerConfig(env));
  if ('made' in worker) {
    const names = [...worker.made.connections.keys()];
    const found = fine(`settings can be used; connections: ${names.join(', ')}`);
    return { findings: [found], client: worker.made, connections: worker.made.connections };
  }
  const client = attempt(() => loadClientConfig(env));
  return { findings: worker.failed, client: 'made' in client ? client.made : null, connections: NONE };
}

function attempt<T>(load: () => T): { readonly made: T } | { readonly failed: readonly Finding[] } {
  try {
    return { made: load() };
  } catch (error) {
    return { failed: problemsOf(error) };
  }
}

function problemsOf(error: unknown): readonly Finding[] {
  const problems = isMaskloopError(error, 'InvalidConfiguration') ? error.facts['problems'] : null;
  if (!Array.isArray(problems)) return [problemOf(error)];
  return problems.map((entry: unknown) => {
    const told = typeof entry === 'object' && entry !== null && 'setting' in entry && 'problem' in entry ? entry : null;
    const text = told === null ? 'a setting cannot be used' : `${String(told.setting)} ${String(told.problem)}`;
    return problem(text, 'Correct it; docs/configuration.md describes all settings.');
  });
}
