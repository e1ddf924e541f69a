import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { GuardRef } from '../../../src/contracts/refs.ts';
import { openGuardSite, type GuardSite, type Scene } from '../../kit/guard-site.ts';
import { drawFirst, firstJob, refusal, REFUSED } from './route.ts';

describe('the consent to overwrite', () => {
  let site: GuardSite;
  beforeAll(async () => {
    site = await openGuardSite('2.73.0');
  });
  afterAll(async () => site.close());
  afterEach(async () => {
    site.people.forget();
    await site.calm();
  });

  const guardAnew = async (scene: Scene, { content }: Pick<GuardRef, 'content'>): Promise<GuardRef> =>
    site.run('guardTask', { ...scene, agreed: content ?? null });

  /** An import over what somebody drew, of which CVAT lost a shape; it is not verified yet. */
  async function wrongImport(): Promise<{ scene: Scene; guard: GuardRef; verify: () => Promise<unknown> }> {
    const scene = await site.scene({ overwrite: true });
    await drawFirst(site, scene);
    const guard = await site.guard(scene);
    const imported = await site.send(scene, guard);
    site.people.forget();
    site.sandbox.state.jobs.get(scene.jobs[1]?.id ?? 0)?.shapes.pop();
    return { scene, guard, verify: async () => refusal(site.run('verifyImport', { ...scene, imported })) };
  }

  it('holds for what it was given for, once that was put back', async () => {
    const { scene, guard, verify } = await wrongImport();
    expect(await verify()).toMatchObject({ type: 'ImportNotVerified', details: [{ putBack: 1 }] });
    const anew = await guardAnew(scene, guard);
    expect(anew).toMatchObject({ holds: 'people', content: guard.content });
    expect(await site.send(scene, anew)).toMatchObject({ adopted: false });
    expect(await guardAnew(scene, guard)).toMatchObject({ holds: 'ours' });
  });

  it('does not hold for what people drew after that was put back', async () => {
    const { scene, guard, verify } = await wrongImport();
    expect(await verify()).toMatchObject({ type: 'ImportNotVerified', details: [{ putBack: 1 }] });
    await drawFirst(site, scene);
    expect(await refusal(guardAnew(scene, guard))).toMatchObject(REFUSED);
    expect(await site.people.losses()).toEqual([]);
  });

  it('does not hold for what people drew into an import that was found wrong', async () => {
    const { scene, guard, verify } = await wrongImport();
    await drawFirst(site, scene);
    expect(await verify()).toMatchObject({ type: 'ImportNotVerified', details: [{ putBack: null }] });
    expect(await refusal(guardAnew(scene, guard))).toMatchObject(REFUSED);
    expect(await site.people.losses()).toEqual([]);
  });

  it('is used up by an import into a task that held nothing', async () => {
    const scene = await site.scene({ overwrite: true });
    const guard = await site.guard(scene);
    expect(guard).toMatchObject({ holds: 'nothing' });
    expect(await guardAnew(scene, guard)).toMatchObject({ holds: 'nothing' });
    await site.cvat.updateJob(firstJob(scene), { state: 'in progress' });
    expect(await refusal(guardAnew(scene, guard))).toMatchObject({ type: 'JobsStarted' });
    await drawFirst(site, scene);
    expect(await refusal(guardAnew(scene, guard))).toMatchObject(REFUSED);
    expect(await site.guard(scene)).toMatchObject({ holds: 'people' });
  });
});
