import type { CliContext } from '../../../src/cli/context.ts';
import type { IterationView } from '../../../src/operations/describe-iteration.ts';
import type { Operations } from '../../../src/operations/operations.ts';

const NOW = '2026-03-01T10:00:00.000Z';

export interface FakeTerminal {
  readonly context: CliContext;
  /** What was written so far. */
  stdout(): string;
  stderr(): string;
}

function missing(what: string): () => never {
  return () => {
    throw new Error(`the command should not need ${what}`);
  };
}

/** Operations that fail, except for those that a test gives. */
export function fakeOperations(changes: Partial<Operations>): Operations {
  const names = [
    'start',
    'projectCategories',
    'list',
    'pollers',
    'resolve',
    'describe',
    'plan',
    'restore',
    'steer',
    'approve',
    'decline',
    'models',
    'publishModel',
    'extend',
    'reassign',
    'receipt',
  ] as const;
  const failing = Object.fromEntries(names.map((name) => [name, missing(`operations.${name}`)]));
  return { ...(failing as unknown as Operations), ...changes };
}

/** A terminal that keeps what is written to it; a command that reaches for anything else fails. */
export function fakeTerminal(changes: Partial<CliContext> = {}, operations: Partial<Operations> = {}): FakeTerminal {
  let out = '';
  let err = '';
  const context: CliContext = {
    version: '1.2.3',
    stdout: { isTTY: false, colours: false, write: (text) => void (out += text) },
    stderr: { isTTY: false, colours: false, write: (text) => void (err += text) },
    interrupted: new AbortController().signal,
    user: 'tester',
    schemaFile: '/package/docs/maskloop.schema.json',
    stateFolder: '/state',
    now: () => new Date(NOW),
    sleep: async () => undefined,
    parseCategories: missing('parseCategories'),
    labelColours: missing('labelColours'),
    masksToCoco: missing('masksToCoco'),
    compareDatasets: missing('compareDatasets'),
    decodeDataset: missing('decodeDataset'),
    describeFolder: missing('describeFolder'),
    putFolder: missing('putFolder'),
    putArtifact: missing('putArtifact'),
    listNotices: missing('listNotices'),
    markNoticesSeen: missing('markNoticesSeen'),
    snooze: missing('snooze'),
    listNotes: missing('listNotes'),
    addNote: missing('addNote'),
    listHolds: async () => [],
    hold: missing('hold'),
    endHold: missing('endHold'),
    collectTask: missing('collectTask'),
    verifyReceipt: missing('verifyReceipt'),
    receiptPage: missing('receiptPage'),
    writeDataset: missing('writeDataset'),
    connect: async () => ({ operations: fakeOperations(operations), close: async () => undefined }),
    temporalNamespace: () => 'default',
    inspect: missing('inspect'),
    surveyServers: missing('surveyServers'),
    surveyMasks: missing('surveyMasks'),
    connectionNames: () => null,
    checkWorkerSettings: missing('checkWorkerSettings'),
    runWorker: missing('runWorker'),
    namesServerPort: () => true,
    runServer: missing('runServer'),
    findTemporal: missing('findTemporal'),
    prepareTemporal: missing('prepareTemporal'),
    startSandbox: missing('startSandbox'),
    simulate: missing('simulate'),
    ...changes,
  };
  return { context, stdout: () => out, stderr: () => err };
}

/** A running iteration that waits for people, with what a test wants different. */
export function sampleView(changes: Partial<IterationView> = {}): IterationView {
  return {
    id: 'SurgVU/Iteration_1',
    state: 'running',
    workerAnswers: true,
    status: {
      id: 'SurgVU/Iteration_1',
      project: 'SurgVU',
      task: 'Iteration_1',
      connection: 'default',
      step: 'wait',
      since: '2026-03-01T08:00:20.000Z',
      waitingFor: 'people',
      paused: false,
      trouble: null,
      choices: [],
      steps: [
        {
          step: 'convert',
          outcome: 'done',
          startedAt: '2026-03-01T08:00:00.000Z',
          endedAt: '2026-03-01T08:00:12.000Z',
        },
        { step: 'upload', outcome: 'done', startedAt: '2026-03-01T08:00:12.000Z', endedAt: '2026-03-01T08:00:20.000Z' },
      ],
      results: {},
      converted: null,
      startedAt: '2026-03-01T08:00:00.000Z',
    },
    index: {
      project: 'SurgVU',
      task: 'Iteration_1',
      step: 'wait',
      waitingFor: 'people',
      since: '2026-03-01T08:00:20.000Z',
    },
    startedAt: '2026-03-01T08:00:00.000Z',
    endedAt: null,
    activities: [],
    turns: null,
    receipt: null,
    ...changes,
  };
}

/** The same in need of a decision. */
export function troubledView(): IterationView {
  const view = sampleView();
  if (view.status === null) throw new Error('the sample has a status');
  const trouble = {
    code: 'LabelMissing' as const,
    message: 'Category "needle" has no label in project SurgVU.',
    action: 'Add the label in CVAT, or rename the category.',
    facts: { category: 'needle' },
    since: '2026-03-01T09:00:00.000Z',
  };
  const status = {
    ...view.status,
    step: 'upload',
    waitingFor: 'decision',
    trouble,
    choices: ['retry', 'skip', 'cancel'],
  } as const;
  return sampleView({ status });
}
