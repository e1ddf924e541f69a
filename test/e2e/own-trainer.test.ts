import { readdir, readFile } from 'node:fs/promises';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SCENE_MODEL_LABELS } from '../../src/sandbox/scenes/categories.ts';
import { capture } from '../../scripts/processes/maskloop-process.ts';
import { openCrashSite, type CrashSite } from '../kit/crash-site.ts';
import { startDevServer, type DevServer } from '../kit/temporal/dev-server.ts';
import { COMMAND_MODEL, meanColours } from '../kit/trainer/open-command-trainer.ts';

let temporal: DevServer;
let site: CrashSite;
let folder = '';
/** The program waits for this file amid its training. */
let goOn = '';
beforeAll(async () => {
  temporal = await startDevServer();
  site = await openCrashSite(temporal, 6, {
    words: ['--model', COMMAND_MODEL, '--max-epochs', '8'],
    settings: (dir) => {
      folder = join(dir, 'trainer');
      const file = join(dir, 'trainer.json');
      const models = { [COMMAND_MODEL]: SCENE_MODEL_LABELS };
      goOn = join(dir, 'go-on');
      writeFileSync(file, JSON.stringify({ command: meanColours('--pause', '2', goOn), folder: 'trainer', models }));
      return { MONAI_LABEL_URL: '', MASKLOOP_TRAINER: file };
    },
  });
}, 240_000);
afterAll(async () => {
  await site.close();
  await temporal.close();
}, 240_000);

const output = async (): Promise<string> =>
  readFile(join(folder, 'trainings', '000001', 'output.log'), 'utf8').catch(() => '');

describe('an iteration that trains with a program of its own', () => {
  it('goes through a kill of the worker amid the training, which goes on, once, and is measured', async () => {
    const { client, id, env } = site;
    const first = await site.worker();
    await site.start();
    await site.freezeIn(first, 'watchTraining', async () => (await output()).includes('"epoch":2'));
    await site.kill(first);
    const before = await output();
    writeFileSync(goOn, '');
    await site.worker();
    await client.workflow.getHandle(id).result();

    expect((await output()).length).toBeGreaterThan(before.length);
    expect((await output()).match(/"epoch":1,/g)).toHaveLength(1);
    expect((await readdir(join(folder, 'trainings'))).filter((name) => /^\d/.test(name))).toEqual(['000001']);
    const { stdout } = await capture(['receipt', id, '--json'], env);
    const { results } = JSON.parse(stdout) as { results: Record<string, unknown> };
    expect(results).toMatchObject({
      model: {
        model: COMMAND_MODEL,
        epochs: 8,
        trainerMetric: { name: 'pixel_accuracy' },
        metrics: { points: expect.any(Number) },
      },
      evaluation: { meanDice: expect.any(Number) },
    });
  }, 400_000);
});
