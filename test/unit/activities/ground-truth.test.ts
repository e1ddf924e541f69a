import { describe, expect, it } from '@jest/globals';
import { withGroundTruth, type GroundTruth } from '../../../src/activities/gate/ground-truth.ts';
import type { LabelledFrame, LabelManifest } from '../../../src/contracts/manifests.ts';

const seal = { uri: 'store:sha256/aa/aa', sha256: 'aa', bytes: 1 };

function frame(name: string, number: number, sha256: string): LabelledFrame {
  const label = { uri: `store:sha256/${sha256.slice(0, 2)}/${sha256}`, sha256, bytes: 1 };
  return { name, frame: number, width: 2, height: 2, label, labelledPixels: 1 };
}

const labels: LabelManifest = {
  categories: [],
  // A pool has its frames once more at its end, and copies of them in the jobs.
  frames: [frame('a', 0, 'people'), frame('b', 1, 'people'), frame('b', 2, 'copy'), frame('c', 3, 'people')],
  withoutLabel: [{ name: 'd', frame: 4, why: 'unfinished', leftOut: 0 }],
};
const truth: GroundTruth = {
  taskId: 1,
  otherTask: null,
  job: 7,
  seal,
  frames: [frame('b', 5, 'truth'), frame('d', 4, 'truth')],
};

describe('ground truth among sealed labels', () => {
  it('takes the place of what others drew, of every copy, and of what nobody has completed', () => {
    const told = withGroundTruth(labels, truth).frames.map(({ name, frame: number, label }) => [
      name,
      number,
      label.sha256,
    ]);
    expect(told).toEqual([
      ['a', 0, 'people'],
      ['c', 3, 'people'],
      ['d', 4, 'truth'],
      ['b', 5, 'truth'],
    ]);
  });

  it('of another task leaves them as they are', () => {
    expect(withGroundTruth(labels, { ...truth, otherTask: 'T0' })).toEqual(labels);
    expect(withGroundTruth(labels, null)).toEqual(labels);
  });
});
