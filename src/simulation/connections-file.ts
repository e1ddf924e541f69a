import type { SimulatedRun } from './variant.ts';

/** What a loop of a simulation trains with. */
export type LentTrainer =
  | { readonly command: readonly string[]; readonly folder: string; readonly models: Readonly<Record<string, object>> }
  | { readonly monai: { readonly url: string; readonly headersFile?: string } };

/** The variable that holds the password of the stand-in CVAT. */
export const PASSWORD_VARIABLE = 'SIMULATED_CVAT_PASSWORD';

/** The file of connections for a worker: one for each loop, all with the same CVAT. It is JSON, and so YAML. */
export function connectionsFile(
  runs: readonly SimulatedRun[],
  cvat: { readonly url: string; readonly username: string },
  trainerOf: (run: SimulatedRun) => LentTrainer,
): string {
  const entries = runs.map((run) => {
    const trainer = trainerOf(run);
    const { url, username } = cvat;
    const connection = { cvat: { url, username, passwordEnv: PASSWORD_VARIABLE } };
    return [run.key, 'monai' in trainer ? { ...connection, monai: trainer.monai } : { ...connection, trainer }];
  });
  return JSON.stringify(Object.fromEntries(entries), null, 1);
}
