import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { GuardSite, Scene } from '../../kit/guard-site.ts';
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

function restore(site: GuardSite, { id }: Scene, overwrite = false): Promise<unknown> {
  return site.run('restoreBackup', { id, number: null, overwrite, by: 'tester' });
}
