import type { Exception } from '../server-kind.ts';

interface CvatException extends Exception {
  /** Both if left out. */
  readonly version?: '2.54.1' | '2.73.0';
}

const OTHER_FORMATS =
  'The stand-in exports COCO 1.0 and Segmentation mask 1.1, and imports COCO 1.0; nothing else is used.';
const LEFT_OVER = 'The list holds what the real server had from a run before the recording.';
const CHANCE = 'The real server drew the order of the frames by chance.';

/** What the stand-in of CVAT deliberately does not do. */
export const CVAT_EXCEPTIONS: readonly CvatException[] = [
  {
    cases: /^8-job-assign-and-state$/,
    version: '2.73.0',
    requests: /^GET \/api\/users/,
    reason: 'The user had logged in once more outside the recording.',
  },
  {
    cases: /^08-webhook-(?:get-list|deliveries)$/,
    version: '2.54.1',
    requests: /^GET \/api\/webhooks(?:\?|\/\d+\/deliveries$)/,
    reason: 'Deliveries of earlier cases were still arriving while the recording read the lists.',
  },
  {
    cases: /^1-about$/,
    version: '2.73.0',
    requests: /^GET \/api\/schema/,
    reason: 'No client reads the description of the interface.',
  },
  { cases: /^01-formats$/, version: '2.54.1', reason: 'It lists the formats that the stand-in has.' },
  {
    cases: /^10-direct-plain-json-accept$/,
    requests: /about$/,
    version: '2.54.1',
    reason: 'The pages for browsers are not played.',
  },
  {
    cases: /^5-import-legacy-put$/,
    version: '2.73.0',
    requests: /\/status$/,
    reason: 'An address that was given up long ago.',
  },
  { cases: /^10-sdk-access-token$/, version: '2.73.0', reason: 'The token was made outside the recording.' },
  { cases: /^m11-projects-search$/, reason: LEFT_OVER },
  { cases: /^m12-task-fields$/, requests: /organizations/, reason: LEFT_OVER },
  {
    cases: /^m12-requests-lists$/,
    requests: /^GET \/api\/requests(?:\?|$)/,
    reason: `${LEFT_OVER} It also counts exports in other formats.`,
  },
  {
    cases: /^4-task-deleted-while-import-queued$/,
    version: '2.73.0',
    requests: /^GET \/api\/requests$/,
    reason: `The list counts an export in another format. ${OTHER_FORMATS}`,
  },
  { cases: /^6-export-cvat-xml$/, version: '2.73.0', reason: OTHER_FORMATS },
  { cases: /^06-export-in-progress$/, version: '2.54.1', requests: /CVAT/, reason: OTHER_FORMATS },
  { cases: /^m0[34]-export-(?:cvat|datumaro)/, reason: OTHER_FORMATS },
  { cases: /^m04b?-reimport-(?:mask11|cvat)/, reason: OTHER_FORMATS },
  { cases: /^m04-bad-mask$/, requests: /^GET/, reason: `It reads what an import before it had left. ${OTHER_FORMATS}` },
  { cases: /^m05-(?:gt-pool-honeypots|hp-import)$/, reason: CHANCE },
  {
    cases: /^10-sdk-export$/,
    version: '2.73.0',
    requests: /download/,
    reason: 'The shapes of a frame are exported in the order in which the database happened to give them.',
  },
  {
    cases: /^m02-frame-download$/,
    requests: /type=chunk/,
    reason: 'A video that holds no pictures is too short to be compressed.',
  },
];
