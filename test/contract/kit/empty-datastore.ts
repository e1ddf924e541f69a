import { setTimeout as sleep } from 'node:timers/promises';
import type { MonaiDesk } from './monai-desk.ts';

/** Ids of the images that are there already. @throws Error if one of them has a final label */
export async function openDatastore(desk: MonaiDesk): Promise<ReadonlySet<string>> {
  const left = await desk.monai.trainingSet();
  if (left.length > 0) throw new Error(`the server holds final labels of others: ${left.slice(0, 3).join(', ')}`);
  return new Set(await imagesOf(desk));
}

/** Ends what is left running. */
export async function untilIdle({ monai }: MonaiDesk): Promise<void> {
  for (;;) {
    const tasks = await monai.trainings();
    if (tasks.some(({ status }) => status === 'RUNNING')) await monai.stopRunningTraining();
    else if (tasks.every(({ status }) => status !== 'SUBMITTED')) return;
    await sleep(200);
  }
}

/** Removes all images but these with their labels, closes the desk, and waits until the server has noticed. */
export async function clearDatastore(desk: MonaiDesk, others: ReadonlySet<string>): Promise<void> {
  for (const id of await imagesOf(desk)) if (!others.has(id)) desk.own(id);
  await desk.close();
  for (let looks = 0; looks < 800 && (await desk.monai.trainingSet()).length > 0; looks += 1) await sleep(50);
}

async function imagesOf({ talk }: MonaiDesk): Promise<readonly string[]> {
  const { json } = await talk('GET', '/datastore/?output=all');
  return Object.keys((json as { objects: object }).objects);
}
