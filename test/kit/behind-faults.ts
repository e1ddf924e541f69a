import { startFaults, type Faults } from '../../src/sandbox/faults/start-faults.ts';
import { openActivitySite, type ActivitySite, type SiteOptions } from './activity-site.ts';

/** Opens a site that reaches its CVAT through a layer of faults; both are to be closed. */
export async function openBehindFaults(
  options: SiteOptions = {},
): Promise<{ readonly site: ActivitySite; readonly faults: Faults }> {
  let layer: Faults | undefined;
  const site = await openActivitySite({
    ...options,
    through: async (target) => {
      layer = await startFaults({ target });
      return layer.url;
    },
  });
  if (layer === undefined) throw new Error('the site was opened without faults');
  return { site, faults: layer };
}
