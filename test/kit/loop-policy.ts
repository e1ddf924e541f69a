import type { LoopPolicy } from '../../src/contracts/loop.ts';
import { ARTIFACT } from './fake-refs.ts';
import { iterationInput } from './iteration-input.ts';

/** A policy of the loop `vessels` that chooses two frames an iteration, with what a test wants different. */
export function loopPolicy(changes: Partial<LoopPolicy> = {}): LoopPolicy {
  const { suffix, conversion, createProject, syncLabels, people, segmentSize, completion, seal, tellPeople, timing } =
    iterationInput();
  return {
    schema: 'maskloop.loop/1',
    name: 'vessels',
    connection: 'default',
    project: 'SurgVU',
    taskName: 'Iteration_{n}',
    categories: ARTIFACT,
    pool: { kind: 'files', images: { uri: 'file:///images', sha256: 'aa', files: 9 } },
    batchSize: 2,
    selection: {
      mixture: [{ strategy: 'random', share: 1 }],
      seed: 'seed',
      uncertainty: 'auto',
      candidates: 2,
      thinning: 0,
    },
    firstMasks: { kind: 'none' },
    iteration: {
      suffix,
      conversion,
      createProject,
      syncLabels,
      people,
      segmentSize,
      completion,
      seal,
      tellPeople,
      timing,
      training: { model: 'segmentation', maxEpochs: 1, heldOutFraction: 0.2 },
    },
    heldOutTask: null,
    stop: [],
    pace: 'continuous',
    minNewFrames: 1,
    existingTasks: 'skip',
    notices: null,
    ...changes,
  };
}
