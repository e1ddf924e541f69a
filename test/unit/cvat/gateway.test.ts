import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createCvat } from '../../../src/cvat/client.ts';
import { SANDBOX_ADMIN, startSandboxCvat, type SandboxCvat } from '../../../src/sandbox/cvat/start-sandbox-cvat.ts';
import { startGateway, type Gateway } from '../../kit/gateway.ts';
import { writeMask } from '../../../src/coco/write-mask.ts';

let sandbox: SandboxCvat;
let gateway: Gateway;

describe.each(['2.54.1', '2.73.0'] as const)(
  'CVAT %s behind a proxy with a path, a header and another host',
  (version) => {
    beforeEach(async () => {
      sandbox = await startSandboxCvat({ version, importMs: 10, createTaskMs: 10 });
      gateway = await startGateway(sandbox.url);
    });
    afterEach(async () => {
      await gateway.close();
      await sandbox.close();
    });

    const client = (headers: Record<string, string>) =>
      createCvat({
        url: gateway.url,
        publicUrl: 'https://annotate.example',
        headers: () => headers,
        credentials: async () => ({ kind: 'password', ...SANDBOX_ADMIN }),
      });

    it('is paged, uploaded to and imported into through that proxy alone, with links for people of their own', async () => {
      const cvat = client({ 'x-gate': 'open' });
      const labels = Array.from({ length: 101 }, (_, index) => `label ${index}`);
      const project = await cvat.createProject({ name: 'P', labels });
      expect(await cvat.projectLabels(project.id)).toHaveLength(101);

      const task = await cvat.createTask({ name: 'T', projectId: project.id, bugTracker: '', segmentSize: null });
      const bytes = writeMask({ width: 8, height: 8, values: new Uint8Array(64) });
      const creation = await cvat.uploadImages(task.id, [
        { name: 'a.png', bytes: bytes.length, read: async () => bytes },
      ]);
      expect((await cvat.waitForRequest(creation)).status).toBe('finished');

      const document = Buffer.from(
        JSON.stringify({
          images: [{ id: 1, file_name: 'a.png', width: 8, height: 8 }],
          categories: [{ id: 1, name: 'label 100' }],
          annotations: [
            {
              id: 1,
              image_id: 1,
              category_id: 1,
              iscrowd: 1,
              bbox: [0, 0, 1, 8],
              area: 8,
              segmentation: { counts: [0, 8, 56], size: [8, 8] },
            },
          ],
        }),
      );
      const id = await cvat.startImport(task.id, { bytes: document, fileName: 'a.json' });
      expect(await cvat.waitForRequest(id)).toMatchObject({ status: 'finished' });
      expect((await cvat.taskAnnotations(task.id)).shapes).toHaveLength(1);
      expect(cvat.taskUrl(task.id)).toBe(`https://annotate.example/tasks/${task.id}`);
      expect(gateway.refused()).toBe(0);
    });

    it('is not reached without the header, and that is a refused login', async () => {
      await expect(client({}).findProject('P')).rejects.toMatchObject({ code: 'CvatLoginRefused' });
    });
  },
);
