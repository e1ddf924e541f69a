import { SCORINGS } from './scoring/run-scoring.ts';
import type { MonaiState } from './state.ts';

/** Queues every scoring method once more if the server is set to do so; nothing limits the queue. */
export function scoreByItself({ switches, queues }: Pick<MonaiState, 'switches' | 'queues'>): void {
  if (!switches.scoresByItself) return;
  for (const method of Object.keys(SCORINGS)) queues.scoring.submit({ method });
}
