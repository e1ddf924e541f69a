import { expect, it } from '@jest/globals';
import { WAKING_EVENTS } from '../../../src/cvat/wake-of.ts';
import type { Cases } from '../kit/cases.ts';
import { failureOf } from '../kit/failure-of.ts';

/** Nobody listens on the discard port, so that no message of a real server reaches anybody. */
const NOWHERE = 'http://127.0.0.1:9/webhooks/cvat';

const SETTINGS = {
  targetUrl: NOWHERE,
  description: 'contract',
  secret: 'a secret of the contract',
  events: WAKING_EVENTS,
  isActive: true,
  verifiesTls: true,
} as const;

export const webhookCases: Cases = (desk) => {
  it('registers a webhook of a project, changes it, lists it there alone, and removes it', async () => {
    const { cvat } = desk();
    const [project, other] = [await desk().project(), await desk().project()];
    const made = await cvat.createWebhook(project.id, SETTINGS);
    expect(made).toMatchObject({ projectId: project.id, targetUrl: NOWHERE, isActive: true, lastStatus: null });
    expect(made.events.toSorted()).toEqual(WAKING_EVENTS.toSorted());
    expect(JSON.stringify(made)).not.toContain(SETTINGS.secret);
    expect(await cvat.webhooks(project.id)).toEqual([made]);
    expect(await cvat.webhooks(other.id)).toEqual([]);
    const changed = await cvat.updateWebhook(made.id, { isActive: false, secret: 'another secret' });
    expect(changed).toMatchObject({ id: made.id, isActive: false, targetUrl: NOWHERE });
    await cvat.deleteWebhook(made.id);
    expect(await cvat.webhooks(project.id)).toEqual([]);
  });

  it('sends a ping and keeps what came of it, the newest first', async () => {
    const { cvat } = desk();
    const project = await desk().project();
    const { id } = await cvat.createWebhook(project.id, SETTINGS);
    expect(await cvat.pingWebhook(id)).toMatchObject({
      event: 'ping',
      status: expect.any(Number),
      isRedelivery: false,
    });
    const second = await cvat.pingWebhook(id);
    expect(second.status).toBeGreaterThanOrEqual(400);
    const deliveries = await cvat.webhookDeliveries(id, 1);
    expect(deliveries).toMatchObject([{ id: second.id, event: 'ping', status: second.status }]);
    expect(await cvat.webhooks(project.id)).toMatchObject([{ id, lastStatus: second.status }]);
    await cvat.redeliver(id, second.id);
    await cvat.deleteWebhook(id);
  });

  it('refuses a secret of more than 64 characters and an event that it does not know', async () => {
    const { cvat } = desk();
    const project = await desk().project();
    const long = cvat.createWebhook(project.id, { ...SETTINGS, secret: 'x'.repeat(65) });
    expect(await failureOf(long)).toMatchObject({ code: 'CvatRejected', facts: { status: 400 } });
    const unknown = cvat.createWebhook(project.id, { ...SETTINGS, events: ['update:galaxy'] });
    expect(await failureOf(unknown)).toMatchObject({ code: 'CvatRejected', facts: { status: 400 } });
  });

  it('lists the jobs of all tasks of a project', async () => {
    const { cvat } = desk();
    const { project, jobs } = await desk().task({ frames: ['a.png', 'b.png'], segmentSize: 1 });
    expect((await cvat.projectJobs(project.id, { type: 'annotation' })).map(({ id }) => id)).toEqual(
      jobs.map(({ id }) => id),
    );
    expect(await cvat.projectJobs((await desk().project()).id)).toEqual([]);
  });
};
