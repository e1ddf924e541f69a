import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { WebSite } from '../../test/kit/browser/web-site.ts';
import { loopId } from '../../src/contracts/ids.ts';
import { createOperations } from '../../src/operations/operations.ts';
import { openStore } from '../../src/storage/open-store.ts';
import { followLoop } from '../demo/follow-loop.ts';
import { DEMO_LOOP, writeLoopFile } from '../demo/loop-file.ts';

/** People of the stand-in need some seconds for a job, so that a picture catches them at work. */
const SETTLE_MS = 1500;

/** Has on a site what the demo has: a loop that is through; and beside it an iteration that needs a decision, and one with people. */
export async function prepareSite(site: WebSite, say: (line: string) => void): Promise<void> {
  const dir = path.dirname(site.sandbox.facts.masksDir);
  say('A loop of three iterations, as in the demo …');
  await site.run(['loop', 'start', '--config', await writeLoopFile(dir, site.sandbox, '1')]);
  const store = openStore(site.env['MASKLOOP_STORE'] ?? '');
  const operations = createOperations({ client: site.temporal.env.client, store });
  await followLoop(operations.loops, loopId(DEMO_LOOP), say);
  say('Two schedules, of which one has asked …');
  const [first, second] = [DEMO_LOOP.name, 'vessels'];
  const words = ['--project', DEMO_LOOP.project, '--time-zone', 'Europe/Berlin'];
  await site.run(['schedule', 'create', first, ...words, '--cron', '0 8 * * MON-FRI', '--jitter', '10m']);
  await site.run(['schedule', 'trigger', first, '--project', DEMO_LOOP.project]);
  await site.run(['schedule', 'create', second, '--project', DEMO_LOOP.project, '--every', '14d']);
  await site.run(['schedule', 'pause', second, '--project', DEMO_LOOP.project, '--note', 'the cameras are away']);
  say('An iteration whose project is nowhere, and two with people …');
  const { masksDir, imagesDir, categoriesFile } = site.sandbox.facts;
  const frames = ['--masks', masksDir, '--images', imagesDir, '--categories', categoriesFile];
  await site.run(['start', '--project', 'Colonoscopy', '--task', 'Polyps 3', ...frames, '--no-train']);
  await site.start('Endoscopy', 'Batch 4', ['--no-train', '--deadline', '14d']);
  await site.start('Endoscopy', 'Batch 5', ['--no-train', '--deadline', '21d']);
  await sleep(SETTLE_MS);
}
