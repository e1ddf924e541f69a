import { describe, expect, it } from '@jest/globals';
import { runCli } from '../../../src/cli/run-cli.ts';
import type { ModelVersion } from '../../../src/models/model-versions.ts';
import type { PublishModelRequest } from '../../../src/operations/models.ts';
import { fakeTerminal } from './fake-context.ts';

const VERSION: ModelVersion = {
  trainer: 'monai-label-0123456789abcdef',
  connection: 'default',
  model: 'segmentation',
  checksum: `SHA256:${'ab'.repeat(32)}`,
  isCurrent: true,
  event: 'promoted',
  iteration: 'P/T',
  dice: 0.91234,
  classes: {},
  frames: null,
  by: 'ines',
  at: '2026-03-01T10:00:00.000Z',
  reasons: [],
};

describe('model list', () => {
  it('shows which model is published, how good it was, and who decided', async () => {
    const older = {
      ...VERSION,
      checksum: `SHA256:${'cd'.repeat(32)}`,
      isCurrent: false,
      event: 'found',
      by: null,
    } as const;
    const terminal = fakeTerminal({}, { models: async () => [VERSION, { ...older, dice: null, iteration: null }] });
    expect(await runCli(['model', 'list'], terminal.context)).toBe(0);
    const lines = terminal.stdout().trimEnd().split('\n');
    expect(lines[1]).toBe(
      'segmentation  abababababab  published  promoted by ines  0.9123  P/T        2026-03-01 10:00 UTC',
    );
    expect(lines[2]).toContain('cdcdcdcdcdcd             found');
  });
});

describe('model promote and model rollback', () => {
  async function ask(...words: readonly string[]) {
    const requests: PublishModelRequest[] = [];
    const done = { connection: 'default', model: 'segmentation', checksum: VERSION.checksum, before: null };
    const publishModel = async (request: PublishModelRequest) => {
      requests.push(request);
      return done;
    };
    const terminal = fakeTerminal({}, { publishModel });
    expect(await runCli(['model', ...words], terminal.context)).toBe(0);
    return { request: requests[0], stdout: terminal.stdout(), stderr: terminal.stderr() };
  }

  it('hand on what is meant and by whom, and say what is published', async () => {
    const { request, stdout, stderr } = await ask('promote', 'abab', '--connection', 'lab');
    expect(request).toEqual({ connection: 'lab', model: null, checksum: 'abab', by: 'tester', note: '' });
    expect((await ask('rollback', '--note', 'worse on smoke')).request?.note).toBe('worse on smoke');
    expect(stdout).toBe(`segmentation (connection default): ${VERSION.checksum} is published\n`);
    expect(stderr).toBe('before it was no model\n');
    expect((await ask('rollback', 'segmentation')).request).toMatchObject({ model: 'segmentation', checksum: null });
    expect(JSON.parse((await ask('rollback', '--json')).stdout)).toMatchObject({ checksum: VERSION.checksum });
  });
});
