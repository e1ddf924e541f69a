import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { GuardPlace, Scene } from '../../kit/guard-site.ts';
import { actBefore, drawFirst, firstJob, refusal, type Route } from './route.ts';

/** Overwriting on purpose, and writing jobs one by one. */
export const REBUILD_ROUTES: readonly Route[] = [
  {
    name: 'an overwrite of what changed since it was agreed to',
    told: { type: 'TaskChangedSince' },
    async go(site) {
      const scene = await site.scene({ overwrite: true });
      await drawFirst(site, scene);
      const guard = await site.guard(scene);
      await drawFirst(site, scene);
      return refusal(site.send(scene, guard));
    },
  },
  {
    name: 'an overwrite that is retried after people went on',
    told: { adopted: true },
    async go(site) {
      const scene = await site.scene({ overwrite: true });
      await drawFirst(site, scene);
      const guard = await site.guard(scene);
      await site.send(scene, guard);
      site.people.forget();
      await drawFirst(site, scene);
      return site.send(scene, guard);
    },
  },
  {
    name: 'a task of which only some jobs are new',
    told: { adopted: false, perJob: { written: 1, leftAlone: 1 } },
    async go(site) {
      const scene = await site.scene({ importScope: 'new-jobs' });
      await drawFirst(site, scene);
      return site.import(scene);
    },
  },
  {
    name: 'a rebuild where people have corrected a shape',
    told: { adopted: false, perJob: { written: 1, leftAlone: 1 } },
    async go(site) {
      const scene = await site.scene();
      await site.import(scene);
      await site.people.correct(firstJob(scene));
      return site.import(await improved(site, scene));
    },
  },
  {
    name: 'a rebuild while somebody opens a job',
    told: {
      perJob: { written: 1, leftAlone: 1, left: [{ reason: 'became in progress in the stage annotation meanwhile' }] },
    },
    async go(site) {
      const scene = await site.scene();
      await site.import(scene);
      actBefore(site, 'job', async () => {
        await site.cvat.updateJob(firstJob(scene), { state: 'in progress' });
        await site.people.own(firstJob(scene));
      });
      return site.import(await improved(site, scene));
    },
  },
  {
    name: 'a save into a job that is being rebuilt',
    told: { perJob: { written: 2, leftAlone: 0 } },
    async go(site) {
      const scene = await site.scene();
      await site.import(scene);
      actBefore(site, 'removeAnnotations', async () => drawFirst(site, scene));
      return site.import(await improved(site, scene));
    },
  },
  {
    name: 'a rebuild of shapes that a forgotten import put there',
    told: { type: 'NoFreeJobs' },
    async go(site) {
      const scene = await site.scene();
      await site.import(scene);
      await rm(join(site.dir, 'store', 'named', 'imports'), { recursive: true });
      for (const { id } of scene.jobs) await site.people.own(id);
      return refusal(site.import(await improved(site, scene)));
    },
  },
];

/** The next iteration of the same task, with other pre-annotations that replace ours. */
export async function improved(site: GuardPlace, scene: Scene): Promise<Scene> {
  const input = { ...scene.input, importScope: 'rebuild' } as const;
  return { ...scene, id: `${scene.id}~2`, input, dataset: await site.otherDataset(scene) };
}
