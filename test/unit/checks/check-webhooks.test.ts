import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { webhookFindings } from '../../../src/checks/check-webhooks.ts';
import { deliveryFinding } from '../../../src/checks/delivery-finding.ts';
import { unwantedWebhooks } from '../../../src/checks/unwanted-webhooks.ts';
import { checkWebhookSettings } from '../../../src/checks/webhook-settings.ts';
import { createCvat } from '../../../src/cvat/client.ts';
import type { Cvat, Project } from '../../../src/cvat/cvat.ts';
import { isSigned } from '../../../src/cvat/webhook-signature.ts';
import { SANDBOX_ADMIN, startSandboxCvat, type SandboxCvat } from '../../../src/sandbox/cvat/start-sandbox-cvat.ts';
import { header, startTarget, type WebhookTarget } from '../sandbox/cvat/webhook-target.ts';

const SIGNAL = new AbortController().signal;

describe.each(['2.54.1', '2.73.0'] as const)('the webhooks of a project of CVAT %s', (version) => {
  let sandbox: SandboxCvat;
  let cvat: Cvat;
  let target: WebhookTarget;
  let project: Project;
  let made = 0;
  beforeAll(async () => {
    sandbox = await startSandboxCvat({ version });
    cvat = createCvat({ url: sandbox.url, credentials: async () => ({ kind: 'password', ...SANDBOX_ADMIN }) });
  });
  afterAll(async () => sandbox.close());
  beforeEach(async () => {
    target = await startTarget();
    project = await cvat.createProject({ name: `Project ${(made += 1)}`, labels: ['tool'] });
  });
  afterEach(async () => target.close());

  const wish = (changes: object = {}) => ({
    connection: 'default',
    project: project.name,
    installation: 'this one',
    url: target.url,
    secret: 'the first secret',
    fix: true,
    ...changes,
  });
  const doctor = async (changes: object = {}): Promise<readonly string[]> =>
    (await webhookFindings(cvat, wish(changes), SIGNAL)).map(({ level, message }) => `${level}: ${message}`);
  const lastSecretWas = (secret: string): boolean => {
    const last = target.arrivals.at(-1);
    return last !== undefined && isSigned(Buffer.from(last.body), header(last, 'X-Signature-256'), secret);
  };

  it('are looked at without writing anything, and registered once with --fix', async () => {
    expect(await doctor({ fix: false })).toEqual([expect.stringMatching(/^warning: .*has no webhook/)]);
    expect(await cvat.webhooks(project.id)).toEqual([]);
    await doctor();
    expect(lastSecretWas('the first secret')).toBe(true);
    expect(await doctor()).toEqual([
      expect.stringMatching(/^ok: renewed events and secret/),
      expect.stringMatching(/^ok: CVAT reaches .* ping was answered 200/),
    ]);
    expect(await cvat.webhooks(project.id)).toMatchObject([
      { targetUrl: `${target.url}/webhooks/cvat`, isActive: true, projectId: project.id },
    ]);
    const looked = await doctor({ fix: false });
    expect(looked.every((line) => line.startsWith('ok'))).toBe(true);
  });

  it('are given a new secret, switched on again and completed', async () => {
    await doctor();
    const [webhook] = await cvat.webhooks(project.id);
    await cvat.updateWebhook(webhook?.id ?? 0, { isActive: false, events: ['update:task'] });
    expect(await doctor({ fix: false })).toContainEqual(expect.stringMatching(/^problem: .*switched off/));
    await doctor({ secret: 'the second secret' });
    expect(lastSecretWas('the second secret')).toBe(true);
    expect(await doctor({ fix: false })).not.toContainEqual(expect.stringMatching(/^problem/));
  });

  it('are removed with --fix where no address is set any more, those of others never', async () => {
    const another = { secret: 's', events: ['update:job'], isActive: true, verifiesTls: true };
    await cvat.createWebhook(project.id, { ...another, targetUrl: target.url, description: 'somebody' });
    await doctor({ installation: 'another one' });
    await doctor();
    const look = async (fix: boolean): Promise<readonly string[]> => {
      const asked = { project: project.name, installation: 'this one', fix };
      return (await unwantedWebhooks(cvat, asked, SIGNAL)).map(({ level, message }) => `${level}: ${message}`);
    };
    expect(await look(false)).toEqual([expect.stringMatching(/^warning: .*left over/)]);
    expect(await cvat.webhooks(project.id)).toHaveLength(3);
    expect(await look(true)).toEqual([expect.stringMatching(/^ok: removed webhook/)]);
    const left = await cvat.webhooks(project.id);
    expect(left.map(({ description }) => description)).toEqual(['somebody', expect.stringContaining('another one')]);
    expect(await look(true)).toEqual([]);
  });

  it('of an address of before are removed, those of others never', async () => {
    const another = { secret: 's', events: ['update:job'], isActive: true, verifiesTls: true };
    await cvat.createWebhook(project.id, { ...another, targetUrl: `${target.url}/webhooks/cvat`, description: 'mine' });
    await doctor({ url: 'http://127.0.0.1:9/before', installation: 'another one' });
    await doctor({ url: 'http://127.0.0.1:9/before' });
    expect(await doctor({ fix: false })).toContainEqual(expect.stringMatching(/^warning: .*left over/));
    expect(await doctor()).toEqual([
      expect.stringMatching(/^ok: registered/),
      expect.stringMatching(/^ok: removed webhook .*before/),
      expect.stringMatching(/^ok: CVAT reaches/),
      expect.stringMatching(/^warning: .*is not ours/),
    ]);
    const left = (await cvat.webhooks(project.id)).map(({ description }) => description);
    expect(left.toSorted()).toEqual(
      ['maskloop wakes iterations (another one)', 'maskloop wakes iterations (this one)', 'mine'].toSorted(),
    );
  });

  it('that do not arrive are told with the reason', async () => {
    const away = await doctor({ url: 'http://127.0.0.1:9' });
    expect(away).toContainEqual(expect.stringMatching(/^problem: CVAT does not reach ping/));
    for (const [status, words] of [
      [401, 'does not believe the signature'],
      [503, 'takes no messages'],
      [404, 'nobody takes'],
      [500, 'was answered 500'],
    ] as const) {
      target.answer((response) => {
        response.statusCode = status;
        response.end();
      });
      expect(await doctor()).toContainEqual(expect.stringMatching(new RegExp(`^problem: .*${words}`)));
    }
    expect(await doctor({ fix: false })).toContainEqual(expect.stringMatching(/^problem: ping .* was answered 500/));
  });

  it('are sent again on request', async () => {
    await doctor();
    const [webhook] = await cvat.webhooks(project.id);
    const [ping] = await cvat.webhookDeliveries(webhook?.id ?? 0, 1);
    await cvat.redeliver(webhook?.id ?? 0, ping?.id ?? 0);
    await sandbox.webhooks.idle();
    expect(await cvat.webhookDeliveries(webhook?.id ?? 0, 1)).toMatchObject([{ isRedelivery: true, status: 200 }]);
  });
});

describe('what a delivery says', () => {
  const delivery = (status: number | null, response: string) =>
    deliveryFinding({ id: 1, event: 'ping', status, isRedelivery: false, createdAt: '', response }, 'http://us');

  it.each([
    ['the status of a proxy', 407, ''],
    ["the proxy's words", 502, "The destination address (10.0.0.7) was denied by rule 'Deny: Private Range'."],
    [
      'a tunnel that was refused',
      502,
      "ProxyError('Cannot connect to proxy.', OSError('Tunnel connection failed: 407 Request Rejected by Proxy'))",
    ],
  ])("names CVAT's proxy by %s, and what to set", (_what, status, response) => {
    const finding = delivery(status, response);
    expect(finding.message).toContain('smokescreen');
    expect(finding.action).toContain('SMOKESCREEN_OPTS="--allow-address=');
  });

  it('thinks of the proxy as well where the older CVAT says nothing but 502', () => {
    expect(delivery(502, '').action).toContain('SMOKESCREEN_OPTS');
  });

  it('quotes an answer in short', () => {
    expect(delivery(500, 'x'.repeat(10_000)).message.length).toBeLessThan(400);
  });
});

describe('settings of webhooks', () => {
  const seen = { connection: 'default', url: 'http://us', secret: 'the secret', project: 'P' };

  it.each<[string, object, string]>([
    ['nothing', { url: null, secret: null }, 'ok: no webhook is configured'],
    ['an address alone', { secret: null }, 'warning: MASKLOOP_WEBHOOK_URL is set, but no secret'],
    ['a secret alone', { url: null }, 'warning: a webhook secret is set, but not where'],
    ['no project', { project: null }, 'ok: webhooks belong to projects'],
  ])('with %s are explained', (_what, changes, expected) => {
    const usable = checkWebhookSettings({ ...seen, ...changes }, 'id');
    const texts = 'findings' in usable ? usable.findings.map(({ level, message }) => `${level}: ${message}`) : [];
    expect(texts).toEqual([expect.stringContaining(expected)]);
    expect(JSON.stringify(usable)).not.toContain('the secret');
  });

  it('that are whole are used', () => {
    expect(checkWebhookSettings(seen, 'id')).toEqual({ ...seen, installation: 'id' });
  });
});
