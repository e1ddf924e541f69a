import { readCvat, type CvatConfig } from './config/cvat.ts';
import { readMonai, type MonaiConfig } from './config/monai.ts';
import { Problems } from './config/problems.ts';
import { readStore } from './config/store.ts';
import { readTemporal, type TemporalConfig } from './config/temporal.ts';
import type { Env } from './config/variables.ts';

export interface Config {
  readonly cvat: CvatConfig | null;
  readonly monai: MonaiConfig | null;
  /** Absolute folder path or an address with a scheme. */
  readonly store: string;
  readonly temporal: TemporalConfig;
}

/** `unused` settings are not even read, so that a half-configured CVAT does not keep `maskloop list` from working. */
type Need = 'required' | 'optional' | 'unused';

export interface ConfigNeeds {
  readonly cvat: Need;
  readonly monai: Need;
}

/** The worker talks to CVAT always and to MONAI Label where models are trained. */
export const WORKER_NEEDS: ConfigNeeds = { cvat: 'required', monai: 'optional' };

/** Commands that only talk to Temporal and the store. */
export const CLIENT_NEEDS: ConfigNeeds = { cvat: 'unused', monai: 'unused' };

/**
 * Reads every setting from the environment and from the files named there; `docs/configuration.md` lists them.
 *
 * @throws MaskloopError `InvalidConfiguration` with all problems at once, in `facts.problems` as `{setting, problem}`;
 *   neither message nor facts hold the value of a setting
 */
export function loadConfig(env: Env, needs: ConfigNeeds = WORKER_NEEDS): Config {
  const problems = new Problems();
  const config = {
    cvat: needs.cvat === 'unused' ? null : readCvat(env, needs.cvat === 'required', problems),
    monai: needs.monai === 'unused' ? null : readMonai(env, needs.monai === 'required', problems),
    store: readStore(env),
    temporal: readTemporal(env, problems),
  };
  problems.throwIfAny();
  return config;
}
