import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { runCli } from '../../../src/cli/run-cli.ts';
import type { IterationInput } from '../../../src/contracts/iteration.ts';
import type { IterationPlan } from '../../../src/contracts/plan.ts';
import { fakeTerminal } from './fake-context.ts';

const PLAN: IterationPlan = {
  project: { name: 'P', id: 1 },
  task: { name: 'T', id: 7, url: 'http://cvat.test/tasks/7', frames: 4 },
  dataset: { masks: 3, emptyMasks: 1, shapes: 5, bytes: 2000 },
  labels: [
    { value: 1, name: 'tool', cvatLabel: true, modelIndex: 2, frames: 2, pixels: 300 },
    { value: 2, name: 'tissue', cvatLabel: false, modelIndex: null, frames: 0, pixels: 0 },
  ],
  frames: { matched: 3, withoutMask: 1 },
  jobs: [
    {
      job: 4,
      frames: [0, 1],
      stage: 'annotation',
      state: 'new',
      assignee: null,
      shapes: 3,
      action: 'send',
      reason: '',
    },
    {
      job: 5,
      frames: [2, 3],
      stage: 'annotation',
      state: 'in progress',
      assignee: 'ann',
      shapes: 2,
      action: 'leave',
      reason: 'is in progress in the stage annotation',
    },
  ],
  jobCount: 60,
  holds: { shapes: 2, tracks: 0, tags: 1, bySource: { manual: 2 }, lost: 0 },
  inFlight: { status: 'started', createdAt: '2026-03-01T09:00:00.000Z', owner: 'ann' },
  troubles: [],
};

const TROUBLE = {
  code: 'LabelMissing',
  message: 'The CVAT project has no label named "tissue".',
  action: 'Add the label in CVAT and retry.',
  facts: {},
  cvat: `refuse the whole import: "Label 'tissue' is not registered for this task"`,
} as const;

let categories = '';
beforeAll(async () => {
  categories = join(await mkdtemp(join(tmpdir(), 'maskloop-plan-')), 'categories.json');
  await writeFile(categories, '[]');
});
afterAll(async () => rm(join(categories, '..'), { recursive: true }));

async function plan(words: readonly string[], answer: IterationPlan = PLAN) {
  const asked: IterationInput[] = [];
  const terminal = fakeTerminal(
    {
      parseCategories: async () => [{ id: 1, name: 'tool' }],
      describeFolder: async (dir) => ({ uri: `file://${dir}`, sha256: 'aa', files: 2 }),
      putArtifact: async () => ({ uri: 'store:cc', sha256: 'cc', bytes: 2 }),
    },
    {
      plan: async (input) => {
        asked.push(input);
        return answer;
      },
    },
  );
  const base = ['plan', '--project', 'P', '--task', 'T', '--masks', '/masks', '--categories', categories, '--no-train'];
  const code = await runCli([...base, ...words], terminal.context);
  return { code, asked: asked[0], stdout: terminal.stdout(), stderr: terminal.stderr() };
}

describe('plan', () => {
  it('takes the arguments of start', async () => {
    const { asked } = await plan(['--rebuild', '--images', '/images', '--suffix', '_x', '--poll', '5m']);
    expect(asked).toMatchObject({ importScope: 'rebuild', suffix: '_x', completion: { pollMs: 300_000 } });
    expect((await plan(['--rebuild', '--overwrite'])).code).toBe(2);
  });

  it('prints what would happen and ends with 0 where a start would work', async () => {
    const { code, stdout } = await plan([]);
    expect(code).toBe(0);
    expect(stdout).toBe(`what
  project           P (1)
  task              T (http://cvat.test/tasks/7)
  frames            4 frames, 3 with a mask, 1 without
  masks             3, 1 of them empty
  would send        5 shapes, 2000 bytes
  holds now         2 shapes (2 manual), 0 tracks, 1 tag
  would be lost     nothing
  import in flight  started since 2026-03-01 09:00 UTC by ann

labels
  value  name    label in CVAT  model index  frames  pixels
  1      tool    yes            2            2       300
  2      tissue  missing        -            0       0

jobs
  job            frames  state        assignee  would          because
  4              0-1     new          -         get 3 shapes
  5              2-3     in progress  ann       be left alone  is in progress in the stage annotation
  … and 58 more

start would work; nothing was changed
`);
  });

  it('says which model would predict how many frames', async () => {
    const prediction = { model: 'segmentation', checksum: 'SHA256:aa', frames: 1 };
    const predicting = { ...PLAN, dataset: null, frames: null, prediction };
    expect((await plan([], predicting)).stdout).toContain(
      'would predict     1 frame with model segmentation (SHA256:aa)\n',
    );
    const unknown = { ...predicting, prediction: { ...prediction, checksum: null, frames: null } };
    expect((await plan([], unknown)).stdout).toContain('frames with model segmentation (which one is not known)');
  });

  it('ends with 0 where something is needed only when people are done, and says what', async () => {
    const { code, stdout } = await plan([], { ...PLAN, later: [{ ...TROUBLE, cvat: null }] });
    expect(code).toBe(0);
    expect(stdout).toContain(`
needed when people are done
  LabelMissing: The CVAT project has no label named "tissue".
  what to do: Add the label in CVAT and retry.

start would work; nothing was changed
`);
  });

  it('ends with 3 where a start would end in need of a decision, and says what to do and what CVAT would do', async () => {
    const { code, stdout } = await plan([], { ...PLAN, troubles: [TROUBLE] });
    expect(code).toBe(3);
    expect(stdout).toContain(
      `LabelMissing: The CVAT project has no label named "tissue".\nwhat to do: Add the label in CVAT and retry.\nCVAT itself would refuse the whole import: "Label 'tissue' is not registered for this task"\n\nstart would end in need of a decision (1 reason); nothing was changed\n`,
    );
  });

  it('prints one JSON document with --json, with the same exit code', async () => {
    const { code, stdout } = await plan(['--json'], { ...PLAN, troubles: [TROUBLE] });
    expect([code, JSON.parse(stdout)]).toEqual([3, { ...PLAN, troubles: [TROUBLE] }]);
  });

  it('says of what is not there whether it would be made', async () => {
    const task = { name: 'T', id: null, url: null, frames: 2 };
    const fresh = { ...PLAN, project: { name: 'P', id: null }, task, jobs: [], holds: null, inFlight: null };
    expect((await plan([], fresh)).stdout).toContain('task        T (would be made)');
    const missing = { ...fresh, troubles: [{ ...TROUBLE, code: 'TaskNotFound' as const, cvat: null }] };
    expect((await plan([], missing)).stdout).toContain('task        T (not there)');
  });
});
