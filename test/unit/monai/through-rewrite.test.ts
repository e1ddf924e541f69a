import { afterEach, describe, expect, it } from '@jest/globals';
import { createMonaiLabel } from '../../../src/monai/client.ts';
import { createRequestLog } from '../../../src/sandbox/request-log.ts';
import type { SandboxMonai } from '../../../src/sandbox/monai/start-sandbox-monai.ts';
import { ask, settledTasks, startFast, train, uploadScenes } from '../sandbox/monai/talk.ts';

let server: SandboxMonai;
afterEach(async () => server.close());

async function trained(tornReads: number) {
  const log = createRequestLog();
  server = await startFast({ log, tornReads });
  await uploadScenes(server.url, 3);
  await train(server.url, { name: 'a-run', max_epochs: 2 });
  await settledTasks(server.url);
  return { log, monai: createMonaiLabel({ url: server.url }) };
}

describe('statistics that the trainer rewrites at that moment', () => {
  it('are a 500 of the server, and are read a moment later', async () => {
    const { log, monai } = await trained(2);
    expect((await ask(server.url, 'GET', '/model/info/segmentation')).status).toBe(500);
    expect(await monai.trainStats('segmentation')).toMatchObject({ epoch: 2, ended: true });
    expect(log.count({ server: 'monai', method: 'GET', path: /^\/info/ })).toBe(2);
    expect(await monai.publishedModel('segmentation')).toMatchObject({ stats: { epoch: 2 } });
  });

  it('are read anew for the facts of the published model too', async () => {
    const { monai } = await trained(1);
    expect(await monai.publishedModel('segmentation')).toMatchObject({ stats: { epoch: 2 } });
  });

  it('count as an outage when they stay unreadable', async () => {
    const { monai } = await trained(50);
    await expect(monai.trainStats('segmentation')).rejects.toMatchObject({ code: 'MonaiUnreachable' });
  });
});
