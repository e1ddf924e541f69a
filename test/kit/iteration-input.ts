import { DEFAULT_RULES } from '../../src/contracts/conversion.ts';
import type { IterationInput } from '../../src/contracts/iteration.ts';
import { DEFAULT_TIMING } from '../../src/contracts/timing.ts';

const SHA = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

/** The input of an iteration that trains, with what a test wants different. */
export function iterationInput(changes: Partial<IterationInput> = {}): IterationInput {
  return {
    connection: 'default',
    project: 'SurgVU',
    task: 'Iteration_1',
    masks: { uri: 'file:///masks', sha256: SHA, files: 3 },
    images: null,
    share: null,
    categories: { uri: 'store:sha256/e3/categories', sha256: SHA, bytes: 0 },
    suffix: '',
    conversion: { rules: DEFAULT_RULES, shardSize: 2 },
    createProject: false,
    syncLabels: false,
    people: [],
    segmentSize: null,
    completion: { rule: 'state', pollMs: 60_000 },
    seal: { quietMs: 0 },
    tellPeople: 'names',
    training: { model: 'segmentation', maxEpochs: null, heldOutFraction: 0.2 },
    timing: DEFAULT_TIMING,
    ...changes,
  };
}
