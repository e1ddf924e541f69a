import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { cvatInLog } from '../../../src/monai/cvat-watch.ts';
import { createMonaiLabel } from '../../../src/monai/client.ts';
import { requireNoOtherFeed } from '../../../src/activities/training-set/other-feed.ts';
import { monaiTrainer } from '../../../src/trainer/monai-trainer.ts';
import { checkMonai } from '../../../src/checks/check-monai.ts';
import { SANDBOX_MODEL, startSandboxMonai, type SandboxMonai } from '../../../src/sandbox/monai/start-sandbox-monai.ts';

const START =
  '[2026-11-22 14:56:30,811] [9] [MainThread] [INFO] (monailabel.interfaces.app:135) - Init Datastore for: /d';
const USER = '[2026-11-22 14:56:36,811] [9] [MainThread] [INFO] (monailabel.datastore.cvat:66) - CVAT:: UserName: anna';
const OTHER = '[2026-11-22 14:57:00,001] [9] [MainThread] [INFO] (monailabel.transform.writer:196) - Result ext: .png';

describe('cvatInLog', () => {
  it('tells when the log last shows a look into CVAT, and nothing else of the line', () => {
    expect(cvatInLog([START, USER, OTHER, ''].join('\n'))).toBe('2026-11-22 14:56:36,811');
  });

  it('finds nothing in other logs, nor in what an earlier start left behind', () => {
    expect(cvatInLog('')).toBeNull();
    expect(cvatInLog([START, OTHER].join('\n'))).toBeNull();
    expect(cvatInLog([USER, START, OTHER].join('\n'))).toBeNull();
  });
});

describe('a MONAI Label that watches CVAT', () => {
  let server: SandboxMonai | undefined;
  afterEach(async () => server?.close());

  it('is recognised by its log until it is started without that, and is a problem to the doctor', async () => {
    server = await startSandboxMonai({ watchesCvat: true });
    const monai = createMonaiLabel({ url: server.url, writeGapMs: 0 });
    const { known, evidence } = await monai.watchesCvat();
    expect(known).toBe(true);
    expect(evidence).toMatch(/CVAT datastore, last at \d{4}-/);
    expect(evidence).not.toContain('admin');
    const problems = (await checkMonai(monai)).filter(({ level }) => level === 'problem');
    expect(problems.map(({ action }) => action)).toEqual([expect.stringContaining('MONAI_LABEL_DATASTORE')]);
    await server.restart({ watchesCvat: false });
    expect(await monai.watchesCvat()).toEqual({ known: true, evidence: null });
    const calm = await checkMonai(monai);
    expect(calm.filter(({ level }) => level !== 'ok')).toEqual([
      { level: 'unknown', message: expect.stringContaining('MONAI Label cannot be asked'), action: null },
    ]);
  });

  it('is not taken for one that does not where its log may not be read', async () => {
    const refusing = createServer((request, response) => {
      response.writeHead(request.url?.startsWith('/logs/') === true ? 403 : 404).end('{"detail":"no"}');
    });
    const { port } = (await once(refusing.listen(0, '127.0.0.1'), 'listening'), refusing.address()) as AddressInfo;
    try {
      const trainer = monaiTrainer(createMonaiLabel({ url: `http://127.0.0.1:${port}`, writeGapMs: 0 }));
      expect(await trainer.otherFeed()).toEqual({ known: false, evidence: null });
      expect(await requireNoOtherFeed(trainer, new AbortController().signal)).toEqual({ known: false });
    } finally {
      refusing.close();
    }
  });

  it('is recognised by the name of a training that it has started', async () => {
    server = await startSandboxMonai();
    const monai = createMonaiLabel({ url: server.url, writeGapMs: 0 });
    await monai.startTraining(SANDBOX_MODEL, { name: 'ActiveLearning_Iteration_3', maxEpochs: 1 });
    expect((await monai.watchesCvat()).evidence).toContain('ActiveLearning_Iteration_3');
  });
});
