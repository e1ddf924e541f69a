import { actBehindBackup, drawFirst, refusal, REFUSED, type Route } from './route.ts';

/** What is saved while the task is looked at for the last time; CVAT is never asked for the import. */
export const LAST_LOOK_ROUTES: readonly Route[] = [
  {
    name: 'a save between the last look at shapes and the request of the import',
    told: { ...REFUSED, finishes: 0 },
    async go(site) {
      const scene = await site.scene();
      const guard = await site.guard(scene);
      actBehindBackup(site, () => drawFirst(site, scene));
      const told = await refusal(site.send(scene, guard));
      return Object.assign(told as object, { finishes: site.finishes(scene.task.taskId) });
    },
  },
  {
    name: 'a save that the backup of what may be overwritten does not have',
    told: { type: 'TaskChangedSince', nonRetryable: true, finishes: 0 },
    async go(site) {
      const scene = await site.scene({ overwrite: true });
      await site.cvat.startImport(scene.task.taskId, {
        bytes: await site.store.get(scene.dataset.document),
        fileName: 'theirs.json',
      });
      while ((await site.cvat.importRequest(scene.task.taskId))?.status !== 'finished') await new Promise(setImmediate);
      const guard = await site.guard(scene);
      const before = site.finishes(scene.task.taskId);
      actBehindBackup(site, () => drawFirst(site, scene));
      const told = await refusal(site.send(scene, guard));
      return Object.assign(told as object, { finishes: site.finishes(scene.task.taskId) - before });
    },
  },
];
