import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { runCli } from '../../../src/cli/run-cli.ts';
import type { IterationInput } from '../../../src/contracts/iteration.ts';
import type { StartRequest } from '../../../src/operations/start-iteration.ts';
import { EXAMPLE, exampleFolder, LEAST } from '../loop-file/example.ts';
import { fakeTerminal } from './fake-context.ts';

let folder = '';
let file = '';
beforeEach(async () => {
  folder = await exampleFolder();
  file = path.join(folder, 'maskloop.yaml');
});
afterEach(async () => rm(folder, { recursive: true }));

const STORED = { uri: 'store:cc', sha256: 'cc', bytes: 24 };

/** Runs `start --config` with more flags; gives what would have been started, folders named by their paths. */
async function start(...flags: readonly string[]) {
  const requests: StartRequest[] = [];
  const stored: string[] = [];
  const terminal = fakeTerminal(
    {
      parseCategories: async () => [{ id: 1, name: 'instrument' }],
      labelColours: async () => [['#ff0000', 1]],
      describeFolder: async (dir) => ({ uri: dir, sha256: 'aa', files: 2 }),
      putArtifact: async (content) => {
        stored.push(Buffer.from(content).toString());
        return STORED;
      },
    },
    {
      start: async (request) => {
        requests.push(request);
        return { id: 'P/T', outcome: 'started' };
      },
    },
  );
  const code = await runCli(['start', '--config', file, ...flags], terminal.context);
  return { code, input: requests[0]?.input as IterationInput, stored, stderr: terminal.stderr() };
}

const TASK = ['--task', 'Iteration_1'] as const;
const inFolder = (name: string): string => path.join(folder, name);

describe('start --config', () => {
  it('takes all of the file that is of a single iteration', async () => {
    const { code, input, stored } = await start(...TASK);
    expect(code).toBe(0);
    expect(input).toMatchObject({
      connection: 'default',
      project: 'SurgVU',
      task: 'Iteration_1',
      masks: { uri: inFolder('masks') },
      images: { uri: inFolder('frames') },
      categories: STORED,
      suffix: '_auto',
      conversion: { rules: { values: [[255, 1]], ignore: [254], components: { connectivity: 8, minArea: 20 } } },
      createProject: false,
      syncLabels: true,
      people: ['anna', 'ben'],
      segmentSize: 25,
      completion: {
        rule: 'state',
        pollMs: 60_000,
        deadline: { policy: 'reassign', more: { times: 2, people: ['ben'] } },
      },
      seal: { quietMs: 600_000 },
      review: { reviewers: ['rita'], pick: { kind: 'share', share: 0.2 } },
      tellPeople: 'pseudonyms',
      training: {
        model: 'segmentation',
        maxEpochs: 50,
        window: { from: '20:00' },
        heldOut: { kind: 'task', task: 'Iteration_held_out' },
        group: 'folder',
        gate: { policy: 'if-better', floors: { all: 0.5, classes: { instrument: 0.6 } } },
      },
      notices: { channels: ['slack', 'email'], digestAt: '08:30', book: STORED },
    });
    expect(stored.some((text) => text.includes('anna@example.org'))).toBe(true);
    expect(JSON.stringify(input)).not.toContain('anna@example.org');
  });

  it('prefers what was typed, and leaves out what that excludes', async () => {
    const typed =
      '--predict other --share-files ward/7 --segment-size 7 --poll 5m --review-most-changed 3 --held-out 0.3';
    const { input } = await start(...TASK, ...typed.split(' '), '--model', 'better', '--instances', 'class');
    expect(input).toMatchObject({
      masks: null,
      predict: { model: 'other' },
      images: null,
      share: { folder: 'ward/7' },
      segmentSize: 7,
      completion: { pollMs: 300_000 },
      review: { reviewers: ['rita'], pick: { kind: 'mostChanged', jobs: 3 } },
      conversion: { rules: { values: [], ignore: [], components: null } },
      training: { model: 'better', heldOutFraction: 0.3 },
    });
    expect(input.training).not.toHaveProperty('heldOut');
  });

  it('trains nothing with --no-train, and writes nothing to CVAT with --as-is', async () => {
    expect((await start(...TASK, '--no-train')).input.training).toBeNull();
    const { input, stderr } = await start(...TASK, '--as-is');
    expect(stderr).not.toContain('error');
    expect(input).toMatchObject({ masks: null, people: [], segmentSize: null, syncLabels: false });
    expect(input).not.toHaveProperty('review');
    expect(input.completion.deadline).toMatchObject({ policy: 'attention' });
    const later = await start(...TASK, '--at-deadline', 'continue');
    expect(later.input.completion.deadline).toMatchObject({ afterMs: 14 * 86_400_000, policy: 'continue' });
  });

  it('reads masks of another folder as the file says, or by the colours that were typed', async () => {
    const values = await start(...TASK, '--masks', '/other');
    expect(values.input).toMatchObject({ masks: { uri: '/other' }, conversion: { rules: { values: [[255, 1]] } } });
    const map = inFolder('labelmap.txt');
    await writeFile(map, 'instrument:255,0,0::');
    const colours = await start(...TASK, '--masks', '/other', '--label-map', map);
    expect(colours.input.conversion.rules).toMatchObject({ values: [], colours: [['#ff0000', 1]] });
  });

  it('begins from scratch where the file names no first masks, and predicts by the trained model where it says so', async () => {
    await writeFile(file, LEAST);
    expect((await start(...TASK)).input).toMatchObject({ masks: null, fromScratch: true, suffix: '' });
    await writeFile(file, `${LEAST}masks: { first: predict }\n`);
    expect((await start(...TASK, '--model', 'm')).input).toMatchObject({ predict: { model: 'm' } });
    expect((await start(...TASK, '--no-train')).input).toMatchObject({ predict: { model: 'segmentation' } });
  });

  it('still needs the task, and what neither says', async () => {
    const { code, stderr } = await start();
    expect([code, stderr]).toEqual([2, expect.stringContaining("required option '--task <T>' not specified")]);
    const terminal = fakeTerminal();
    expect(await runCli(['start', '--task', 'T', '--no-train'], terminal.context)).toBe(2);
    expect(terminal.stderr()).toContain("required option '--project <P>' not specified");
  });

  it('names what is wrong with the file, by line and column, and starts nothing', async () => {
    await writeFile(file, EXAMPLE.replace('segmentSize: 25', 'segmentSize: none'));
    const { code, input, stderr } = await start(...TASK);
    expect([code, input]).toEqual([2, undefined]);
    expect(stderr).toMatch(
      /error InvalidLoopFile: .*\n {2}.*maskloop\.yaml:\d+:16 cvat\.segmentSize must be a whole number/,
    );
  });
});

describe('plan --config', () => {
  it('asks for the same', async () => {
    const inputs: IterationInput[] = [];
    const changes = {
      describeFolder: async (dir: string) => ({ uri: dir, sha256: 'aa', files: 2 }),
      putArtifact: async () => STORED,
    };
    const terminal = fakeTerminal(
      { parseCategories: async () => [{ id: 1, name: 'instrument' }], ...changes },
      {
        plan: async (input) => {
          inputs.push(input);
          throw new Error('enough');
        },
      },
    );
    await runCli(['plan', '--config', file, ...TASK, '--segment-size', '9'], terminal.context);
    expect(inputs[0]).toMatchObject({ project: 'SurgVU', segmentSize: 9, masks: { uri: inFolder('masks') } });
  });
});
