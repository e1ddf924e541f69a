import { describe, expect, it } from '@jest/globals';
import { DEFAULT_RULES } from '../../../src/contracts/conversion.ts';
import { differencesText } from '../../../src/operations/differences-text.ts';
import { iterationInput } from '../../kit/iteration-input.ts';

const RUNNING = iterationInput();
const { training, timing } = RUNNING;

describe('differencesText', () => {
  it('says nothing of equal inputs', () => {
    expect(differencesText(RUNNING, iterationInput())).toBe('');
  });

  it.each([
    [{ completion: { rule: 'state', pollMs: 3000 } }, '--poll (runs with 1m, asked 3s)'],
    [{ completion: { rule: 'acceptance', pollMs: 60_000 } }, '--complete-when (runs with state, asked acceptance)'],
    [{ createProject: true }, '--create-project (runs with no, asked yes)'],
    [{ predict: { model: 'older' } }, '--predict (runs with none, asked older)'],
    [{ segmentSize: 50 }, '--segment-size (runs with none, asked 50)'],
    [
      { conversion: { rules: { ...DEFAULT_RULES, unknown: 'skip' }, shardSize: 9 } },
      '--unknown (runs with error, asked skip), --shard-size (runs with 2, asked 9)',
    ],
    [
      {
        conversion: {
          rules: {
            ...DEFAULT_RULES,
            values: [
              [255, 1],
              [7, 0],
            ],
            ignore: [3, 4],
            components: { connectivity: 8, minArea: 5 },
          },
          shardSize: 2,
        },
      },
      '--map (runs with none, asked 255=1,7=0), --ignore (runs with none, asked 3,4), --instances (runs with class, asked components --connectivity 8 --min-area 5)',
    ],
    [
      { conversion: { rules: { ...DEFAULT_RULES, colours: [['#ff0000', 1]] }, shardSize: 2 } },
      '--label-map (runs with none, asked #ff0000=1)',
    ],
    [{ suffix: '_x' }, '--suffix (runs with "", asked _x)'],
    [{ training: { ...training, model: 'other' } }, '--model (runs with segmentation, asked other)'],
    [{ timing: { ...timing, heartbeatTimeoutMs: 1500 } }, '--worker-lost-after (runs with 30s, asked 1500ms)'],
    [
      { masks: { ...RUNNING.masks, sha256: 'a'.repeat(64) } },
      '--masks (runs with file:///masks sha256 e3b0c44298fc, asked file:///masks sha256 aaaaaaaaaaaa)',
    ],
    [
      { images: { uri: 'file:///i', sha256: 'b'.repeat(64), files: 3 } },
      '--images (runs with none, asked file:///i sha256 bbbbbbbbbbbb)',
    ],
    [{ connection: 'other' }, '--connection (runs with default, asked other)'],
  ])('names the flag and both values of %j', (changes, text) => {
    expect(differencesText(RUNNING, { ...RUNNING, ...changes })).toBe(text);
  });

  it('tells a training from none', () => {
    const text = differencesText(RUNNING, { ...RUNNING, training: null });
    expect(text).toBe('--model (runs with segmentation, asked --no-train)');
  });
});
