import { describe, expect, it } from '@jest/globals';
import { divideFrames, unmeasuredOf, type HeldFrame } from '../../../src/activities/training-set/divide-frames.ts';
import { heldByOthers } from '../../../src/activities/training-set/held-by-others.ts';
import { withheld } from '../../../src/activities/training-set/withheld.ts';
import type { TrainingOrigin } from '../../../src/contracts/training-set.ts';
import type { ArtifactStore } from '../../../src/storage/store.ts';
import { iterationInput } from '../../kit/iteration-input.ts';

const ARTIFACT = { uri: 'artifact:a', sha256: 'a', bytes: 1 };

function frameOf(name: string, imageSha256: string, part: 'training' | 'heldOut' = 'training'): HeldFrame {
  const frame = { name, frame: 0, width: 1, height: 1, label: ARTIFACT, labelledPixels: 0 };
  return { frame, imageId: `id of ${name}`, imageSha256, part, submitted: part === 'training' ? ARTIFACT : null };
}

describe('frames whose pictures are known', () => {
  it('are divided by the picture: all copies of a held-out one are held out, and name the first', () => {
    const frames = [frameOf('a', 'x', 'heldOut'), frameOf('b', 'y'), frameOf('c', 'x'), frameOf('d', 'x', 'heldOut')];
    const divided = divideFrames(frames, new Map());
    expect(divided.map(({ part }) => part)).toEqual(['heldOut', 'training', 'heldOut', 'heldOut']);
    expect(divided[2]).toMatchObject({ submitted: null, unmeasured: { as: 'copy', of: 'a' } });
    expect(divided[3]).not.toHaveProperty('unmeasured');
  });

  it('are told in few and short words, however many and however they are called', () => {
    const copies = Array.from({ length: 40 }, (_, index) => frameOf(`${index} ${'n'.repeat(400)}`, 'x'));
    const { unmeasured } = unmeasuredOf(divideFrames([frameOf('a', 'x', 'heldOut'), ...copies], new Map()));
    expect(unmeasured).toMatchObject({ copies: 40, others: 0 });
    expect(JSON.stringify(unmeasured).length).toBeLessThan(2000);
    expect(unmeasuredOf(divideFrames([frameOf('a', 'x')], new Map()))).toEqual({});
  });
});

describe('what others hold out', () => {
  const held = { imageId: 'theirs', name: 'v1_3.png', imageSha256: 'x' };
  const place = { connection: 'default', project: 'P' };
  const holder = { ...place, holding: { group: '^(.*)_', frames: [held] } };
  const frame = { imageId: 'mine', name: 'v2_1.png', imageSha256: 'y' };

  it.each([
    ['nothing where neither frame, nor group, nor picture is theirs', {}, null],
    ['the frame itself', { imageId: 'theirs' }, 'frame'],
    ['its group', { name: 'v1_9.png' }, 'group'],
    ['its picture', { imageSha256: 'x' }, 'picture'],
    ['its picture, of which nobody is asked, rather than its group', { name: 'v1_9.png', imageSha256: 'x' }, 'picture'],
  ])('is %s', (_what, changes, as) => {
    const mine = { ...frame, ...changes };
    expect(withheld([mine], place, undefined, [holder]).get(mine)?.as ?? null).toBe(as);
    const elsewhere = { ...holder, project: 'another' };
    const ofOthers = withheld([mine], place, undefined, [elsewhere]).get(mine)?.as ?? null;
    expect(ofOthers).toBe(as === 'group' ? null : as);
  });

  it('is a picture of one holder rather than a group of another, whichever comes first', () => {
    const other = { ...place, holding: { frames: [{ imageId: 'third', name: 'z.png', imageSha256: 'y' }] } };
    const mine = { ...frame, name: 'v1_9.png' };
    for (const holders of [
      [holder, other],
      [other, holder],
    ]) {
      expect(withheld([mine], place, undefined, holders).get(mine)).toEqual({ as: 'picture', by: other });
    }
  });

  it('does not count where an earlier iteration of the same task held it out, nor where nothing tells its pictures', async () => {
    const input = iterationInput();
    const origin: TrainingOrigin = {
      connection: input.connection,
      project: input.project,
      taskId: 7,
      images: null,
      model: 'm',
      indexOf: {},
      categoryOf: {},
      heldOut: ['theirs'],
      holding: { frames: [{ ...held, imageSha256: 'y' }] },
    };
    const { holding: _, ...untold } = origin;
    const store = { getNamed: async () => null } as unknown as ArtifactStore;
    const asking = { store, isRunning: async () => true };
    const by = async (origins: Readonly<Record<string, TrainingOrigin>>) =>
      [...(await heldByOthers(asking, [{ origins }], { id: 'me', input, taskId: 7 }, [frame]))].map(([id, one]) => [
        id,
        one.by.id,
      ]);
    expect(await by({ 'me~2': origin, other: { ...untold, taskId: 8 } })).toEqual([]);
    expect(await by({ me: { ...origin, taskId: 8 } })).toEqual([]);
    expect(await by({ other: { ...origin, taskId: 8 } })).toEqual([['mine', 'other']]);
    expect(await by({ other: { ...origin, connection: 'second' } })).toEqual([['mine', 'other']]);
  });
});
