import { expect, it } from '@jest/globals';
import type { GateOptions } from '../../../src/contracts/gate.ts';
import type { FineTuneCases } from '../kit/fine-tune-cases.ts';
import { frameNames } from '../kit/fine-tune-files.ts';

const ALWAYS: GateOptions = { policy: 'always', floors: { all: null, classes: {} } };

export const heldOutCases: FineTuneCases = (open) => {
  it('never trains on what is held out as a group, as another task, in a folder or as ground truth', async () => {
    const desk = await open();
    const { frames } = desk.files;
    const each = frames / 4;
    const trained = async (wish: Parameters<typeof desk.start>[0]): Promise<number | undefined> => {
      const handle = await desk.start({ gate: ALWAYS, ...wish });
      await handle.result();
      return desk.witness.requests.at(-1)?.labels.size;
    };

    const first = ['a', 'b', 'c', 'd'];
    const [name = ''] = frameNames(frames, first);
    const named = { videos: first, holdsOut: { named: [name] }, forbiddenVideos: ['a'] };
    expect(await trained(named)).toBe(3 * each);

    const task = `${desk.files.project}-measured`;
    const measured = await desk.start({ task, trainsNothing: true, videos: ['h', 'i'], forbiddenVideos: ['h', 'i'] });
    await measured.result();
    const holdsOut = { kind: 'task', task } as const;
    const second = { videos: ['e', 'f', 'g', 'h'], holdsOut, forbiddenVideos: ['h'] };
    expect(await trained(second)).toBe(6 * each);

    expect(await trained({ videos: ['j', 'k', 'l', 'm'], holdsOut: 'folder' })).toBe(10 * each);

    desk.after.verifyImport = async (taskId) => desk.addGroundTruth(taskId, [each]);
    const truth = { kind: 'ground-truth', task: null } as const;
    const last = { videos: ['n', 'o', 'p', 'q'], holdsOut: truth, forbiddenVideos: ['o'] };
    expect(await trained(last)).toBe(13 * each);
    delete desk.after.verifyImport;

    // What was never to be trained on is left alone: somebody may measure with it later.
    const kept = await desk.start({ trainsNothing: true, videos: ['r'], forbiddenVideos: ['r'] });
    await kept.result();
    expect(await trained({ videos: ['s', 't', 'u', 'v'], holdsOut: 'folder' })).toBe(17 * each);
    expect(desk.witness.requests).toHaveLength(5);
  });
};
