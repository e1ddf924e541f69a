import { iterationInput } from './iteration-input.ts';

export interface Example {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/**
 * A request that is made as it should be for each operation of the API, about something of the connection `connection`.
 *
 * @param named hash of the file that is named where one can be
 */
export function examplesOf(connection: string, named: string | null = null): Readonly<Record<string, Example>> {
  const SHA = named ?? 'a'.repeat(64);
  const STORED = { uri: `store:sha256/${SHA.slice(0, 2)}/${SHA}`, sha256: SHA };
  const id = connection === 'default' ? 'Own/T' : `${connection}/Own/T`;
  const one = { params: { id } };
  const place = { connection, project: 'Own', task: 'T' };
  const masks = { ...STORED, files: 1 };
  const input = { ...iterationInput(), ...place, masks, categories: { ...STORED, bytes: 1 } };
  const loop = { params: { connection, project: 'Own', loop: 'L' } };
  const times = { everyMs: 3_600_000, offsetMs: 0, cron: [], timeZone: 'UTC', jitterMs: 0, catchUpMs: 0 };
  const loopText = [
    `connection: ${connection}`,
    'name: L',
    'project: Own',
    named === null ? 'categories: cvat' : `categories: ${STORED.uri}`,
    'pool: { images: datastore }',
    'batch: { size: 5 }',
    'training: { model: segmentation }',
  ].join('\n');
  const frames = { ...place, frames: ['frame_1'], note: null };
  return {
    listIterations: {},
    readEvents: {},
    resolveIteration: { query: { among: 'any' } },
    describeIteration: one,
    readReceipt: one,
    verifyReceipt: one,
    readReceiptPage: one,
    listNotes: one,
    addNote: { ...one, body: { text: 'seen' } },
    listFrames: one,
    readFrameShapes: { params: { id, frame: 'frame_1' } },
    readFrameImage: { params: { id, frame: 'frame_1' } },
    readTraining: one,
    iterationJobs: one,
    listJobs: {},
    reassignJobs: { body: { jobs: [{ id, job: 1 }], to: 'ben' } },
    startIteration: { body: { input, again: false } },
    planIteration: { body: { input } },
    projectCategories: { query: { connection, project: 'Own' } },
    pauseIteration: one,
    resumeIteration: one,
    cancelIteration: one,
    retryIteration: one,
    skipIteration: one,
    sealIteration: one,
    wakeIteration: one,
    approveIteration: { ...one, body: { carry: false } },
    declineIteration: one,
    extendIteration: { ...one, body: { until: null, byMs: 3_600_000 } },
    reassignIteration: { ...one, body: { from: 'ana', to: 'ben', job: null } },
    steerIterations: { body: { what: 'pause', filter: {} } },
    restoreBackup: { ...one, body: { number: null, overwrite: false } },
    excludeFrames: { body: { ...frames, what: 'exclude' } },
    forgetFrames: { body: { ...frames, confirmed: false } },
    listModels: {},
    publishModel: { body: { connection, model: 'segmentation', checksum: null } },
    listLoops: {},
    resolveLoop: {},
    describeLoop: loop,
    readLoopCurve: loop,
    readLoopFile: loop,
    checkLoop: { body: { text: loopText } },
    planLoop: { body: { text: loopText } },
    startLoop: { body: { text: loopText } },
    editLoop: { body: { text: loopText } },
    pauseLoop: loop,
    resumeLoop: loop,
    stopLoop: { ...loop, body: { note: '' } },
    answerLoop: { ...loop, body: { answer: 'retry' } },
    beginLoop: { ...loop, body: { overlap: 'skip' } },
    listNotices: { query: { which: 'open' } },
    seenNotices: { body: { keys: ['k'] } },
    snoozeIteration: { ...one, body: { until: '2031-01-01T00:00:00Z' } },
    listSchedules: {},
    describeSchedule: loop,
    createSchedule: {
      body: { loop: { connection, project: 'Own', name: 'L' }, times, overlap: 'skip', paused: false, note: '' },
    },
    steerSchedule: { ...loop, body: { what: 'trigger' } },
    missingFiles: { body: { files: [{ sha256: SHA, bytes: 1 }] } },
    describeFolder: { params: { sha256: SHA } },
    putFile: { params: { sha256: SHA } },
    readFile: { params: { sha256: SHA } },
    heldFiles: { body: { sha256: [SHA] } },
    listDocuments: { params: { kind: 'receipts' } },
    readDocument: { params: { kind: 'receipts', name: `${id}.json` } },
    collectLabels: { body: { of: { connection, task: 1 }, via: 'native', categories: null } },
    readLabel: { params: { sha256: SHA } },
    missingParts: { body: { parts: [SHA] } },
    putPart: { params: { sha256: SHA } },
    unpackUpload: { body: { parts: [SHA] } },
    listRoots: {},
    listRootFolder: { query: { path: '/data' } },
    referToFolder: { query: { path: '/data' } },
    readWorkers: {},
    inspectSystem: {},
    mendSystem: { body: { connection, project: null } },
    listHolds: {},
    holdServer: { body: { connection, server: 'cvat', until: '2126-01-01T00:00:00Z', note: '' } },
    unholdServer: { body: { connection, server: 'cvat' } },
    readAudit: {},
    readSession: {},
    login: { body: { token: 'no token of anybody' } },
    logout: {},
  };
}

/** The address of an operation with an example's parameters. */
export function addressOf(path: string, { params = {}, query = {} }: Example): string {
  const at = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? ''));
  const search = new URLSearchParams(query).toString();
  return search === '' ? at : `${at}?${search}`;
}
