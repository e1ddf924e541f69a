import { expect } from '@jest/globals';
import type { MockActivityEnvironment } from '@temporalio/testing';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { GuardPlace, Scene } from '../../kit/guard-site.ts';
import { dieBefore, firstTry } from './first-try.ts';
import { actBefore, drawFirst, refusal, type Route } from './route.ts';

/** Putting a backup back. */
export const RESTORE_ROUTES: readonly Route[] = [
  {
    name: 'a restore after people have worked',
    told: { type: 'RestoreRefused' },
    async go(site) {
      const scene = await site.scene();
      await site.import(scene);
      await drawFirst(site, scene);
      return refusal(restore(site, scene));
    },
  },
  {
    name: 'a restore while somebody saves before it writes',
    told: { type: 'RestoreRefused' },
    async go(site) {
      const scene = await site.scene();
      await site.import(scene);
      actBefore(site, 'job', async () => drawFirst(site, scene));
      return refusal(restore(site, scene));
    },
  },
  {
    name: 'a restore while somebody saves as it writes',
    told: { type: 'RestoreIncomplete' },
    async go(site) {
      const scene = await site.scene();
      await site.import(scene);
      actBefore(site, 'removeAnnotations', async () => drawFirst(site, scene));
      return refusal(restore(site, scene));
    },
  },
  {
    name: 'a second try of a restore over what people did, after somebody saved between the two',
    told: {
      type: 'RestoreRefused',
      message: expect.stringContaining('what was there before the first try is backup 2') as unknown,
      details: [{ backup: 1, before: 2 }],
    },
    async go(site) {
      const scene = await site.scene();
      await site.import(scene);
      dieBefore(site, 'removeAnnotations');
      const { env } = await firstTry((dying) => restore(site, scene, true, dying));
      await drawFirst(site, scene);
      return refusal(restore(site, scene, true, env()));
    },
  },
  {
    name: 'a second try of a restore, after somebody saved into a job that was half written',
    told: { type: 'RestoreRefused', details: [{ backup: 2, before: 3 }] },
    async go(site) {
      const scene = await site.scene();
      await site.import(scene);
      await restore(site, scene);
      dieBefore(site, 'addAnnotations');
      const { env } = await firstTry((dying) => restore(site, scene, true, dying, 2));
      await drawFirst(site, scene);
      return refusal(restore(site, scene, true, env(), 2));
    },
  },
  {
    name: 'a second try of a restore whose first one backed up what somebody saved a moment before',
    told: { type: 'RestoreRefused' },
    async go(site) {
      const scene = await site.scene();
      await site.import(scene);
      let looked = 0;
      site.meddling.cvat = (cvat) => ({
        nativeAnnotations: async (...args) => {
          looked += 1;
          // Each job has been looked at, and is read again to be backed up.
          if (looked === scene.jobs.length + 1) await drawFirst(site, scene);
          return cvat.nativeAnnotations(...args);
        },
        job: async () => {
          throw new Error('the worker was killed');
        },
      });
      const { env } = await firstTry((dying) => restore(site, scene, false, dying));
      site.meddling = {};
      return refusal(restore(site, scene, false, env()));
    },
  },
  {
    name: 'a second try of a restore whose first one died once its backup was noted, before any heartbeat',
    told: { type: 'RestoreRefused', details: [{ backup: 1, before: 2 }] },
    async go(site) {
      const scene = await site.scene();
      await site.import(scene);
      let noted = false;
      site.meddling.store = (store) => ({
        createNamed: async (name, content) => {
          const made = await store.createNamed(name, content);
          if (name.startsWith('restores/')) {
            noted = true;
            throw new Error('the worker was killed');
          }
          return made;
        },
      });
      const { env } = await firstTry((dying) => restore(site, scene, true, dying));
      expect(noted).toBe(true);
      site.meddling = {};
      await drawFirst(site, scene);
      return refusal(restore(site, scene, true, env()));
    },
  },
  {
    name: 'a second try of a restore whose first one still writes',
    told: { type: 'RestoreRefused', message: expect.stringContaining('still at work') as unknown },
    async go(site) {
      const scene = await site.scene();
      await site.import(scene);
      await drawFirst(site, scene);
      site.meddling.store = (store) => ({
        createNamed: async (name, content) => {
          if (name.startsWith('restores/')) await store.createNamed(name, content);
          return store.createNamed(name, content);
        },
      });
      return refusal(restore(site, scene, true));
    },
  },
  {
    name: 'a restore of a backup that is lost',
    told: { type: 'BackupMissing' },
    async go(site) {
      const scene = await site.scene();
      await site.import(scene);
      await drawFirst(site, scene);
      await rm(join(site.dir, 'store', 'named', 'backups'), { recursive: true });
      return refusal(restore(site, scene, true));
    },
  },
];

function restore(
  site: GuardPlace,
  { id }: Scene,
  overwrite = false,
  env?: MockActivityEnvironment,
  number: number | null = null,
): Promise<unknown> {
  return site.run('restoreBackup', { id, number, overwrite, by: 'tester' }, env);
}
