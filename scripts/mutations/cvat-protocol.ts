import type { Mutation } from './mutation.ts';
import { cvatContract as contract, cvatUnit as unit } from './suites.ts';

const ROOM = 'src/sandbox/cvat';

/** What all answers of CVAT have in common: lists, packing, versions and addresses. */
export const CVAT_PROTOCOL: readonly Mutation[] = [
  {
    oddity: 'lists give ten rows unless asked for more',
    file: `${ROOM}/answers/paging.ts`,
    find: 'DEFAULT_PAGE_SIZE = 10',
    replace: 'DEFAULT_PAGE_SIZE = 1000',
    suites: [contract('projects')],
  },
  {
    oddity: 'a page past the end is 404',
    file: `${ROOM}/answers/paging.ts`,
    find: "throw refuseDetail(404, 'Invalid page.')",
    replace: 'return json(200, { count: items.length, next: null, previous: null, results: [] })',
    suites: [contract('projects')],
  },
  {
    oddity: 'lists are newest first',
    file: `${ROOM}/answers/paging.ts`,
    find: '(ascending ? a.id - b.id : b.id - a.id)',
    replace: 'a.id - b.id',
    suites: [contract('frames of a task')],
  },
  {
    oddity: 'answers are packed when asked for',
    file: `${ROOM}/app.ts`,
    find: ' || !acceptsGzip(request)) return payload;',
    replace: '  || acceptsGzip(request)) return payload;',
    suites: [unit('protocol')],
  },
  {
    oddity: 'short answers are not packed',
    file: `${ROOM}/app.ts`,
    find: 'Buffer.byteLength(payload) < MIN_GZIP_BYTES || ',
    replace: '',
    suites: [unit('protocol')],
  },
  {
    oddity: 'the older version has no JSON but its own',
    file: `${ROOM}/routes/resource.ts`,
    find: "played === '2.54.1' && !/",
    replace: 'Number(played) === 0 && !/',
    suites: [contract('logging in')],
  },
  {
    oddity: 'another version of the interface is 406',
    file: `${ROOM}/routes/resource.ts`,
    find: "if (version !== undefined && version !== '2.0') throw",
    replace: "if (version === '0.0') throw",
    suites: [contract('logging in')],
  },
  {
    oddity: 'addresses in answers name the host that was asked',
    file: `${ROOM}/routes/resource.ts`,
    find: "origin: `http://${request.headers['x-forwarded-host']?.toString() ?? request.headers.host ?? request.hostname}`",
    replace: 'origin: `http://${request.hostname}`',
    suites: [unit('protocol')],
  },
  {
    oddity: 'a proxy says which host was asked',
    file: `${ROOM}/routes/resource.ts`,
    find: "origin: `http://${request.headers['x-forwarded-host']?.toString() ?? ",
    replace: 'origin: `http://${',
    suites: [unit('protocol')],
  },
  {
    oddity: 'a server that knows its names refuses others',
    file: `${ROOM}/allowed-hosts.ts`,
    find: 'if (names.includes(host)) return;',
    replace: 'if (names.length > 0) return;',
    suites: [unit('versions')],
  },
];
