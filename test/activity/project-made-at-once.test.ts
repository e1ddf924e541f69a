import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ensureProject } from '../../src/activities/ensure-project.ts';
import { openActivitySite, type ActivitySite } from '../kit/activity-site.ts';

let site: ActivitySite;
beforeEach(async () => {
  site = await openActivitySite();
});
afterEach(async () => site.close());

describe('a project that many iterations need at the same time', () => {
  it('is made once, and all of them get it', async () => {
    const input = { ...site.input, project: 'New', createProject: true };
    const ensure = async () => ensureProject(site, input, new AbortController().signal);
    const found = await Promise.all(Array.from({ length: 60 }, ensure));
    const left = (await site.cvat.projects()).filter(({ name }) => name === 'New');
    expect(left).toHaveLength(1);
    expect(new Set(found.map(({ id }) => id))).toEqual(new Set(left.map(({ id }) => id)));
  });
});
