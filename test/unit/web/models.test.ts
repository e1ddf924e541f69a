import { describe, expect, it } from '@jest/globals';
import { modelsOf, shortChecksum, type Version } from '../../../web/src/pages/models/models.ts';

const version = (checksum: string, changes: Partial<Version> = {}): Version => ({
  trainer: 'monai-1',
  connection: 'default',
  model: 'segmentation',
  checksum,
  isCurrent: false,
  event: 'promoted',
  iteration: null,
  dice: null,
  classes: {},
  frames: null,
  by: null,
  at: '2026-01-01T00:00:00Z',
  reasons: [],
  ...changes,
});

describe('the models page', () => {
  it('shows one model where two connections lead to one trainer, and two where the trainers differ', () => {
    const versions = [
      version('a'),
      version('b', { connection: 'north' }),
      version('c', { trainer: 'monai-2', connection: 'south' }),
      version('d', { trainer: null, connection: 'old' }),
    ];
    const shown = modelsOf(versions).map((one) => [one.connections, one.versions.map(({ checksum }) => checksum)]);
    expect(shown).toEqual([
      [
        ['default', 'north'],
        ['a', 'b'],
      ],
      [['south'], ['c']],
      [['old'], ['d']],
    ]);
  });

  it('shortens checksums to what the command line takes', () => {
    expect(shortChecksum(`SHA256:${'ab'.repeat(32)}`)).toBe('abababababab');
  });
});
