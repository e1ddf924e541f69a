import { loggerLine } from '../training/log-lines.ts';
import type { World } from '../world.ts';
import type { ProcessHandle } from './background-process.ts';

/** The beginning of every background process: one line at once, then its imports, then what they say. */
export async function startProcess(world: World, { signal, print }: ProcessHandle): Promise<void> {
  print(loggerLine('__main__:37', `Initializing App; studies: ${world.studies}; conf: {}`));
  await world.clock.sleep(world.pace.startMs, signal);
  print(loggerLine('monailabel.interfaces.app:135', `Init Datastore for: ${world.studies}`));
}
