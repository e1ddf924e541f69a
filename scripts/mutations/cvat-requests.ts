import type { Mutation } from './mutation.ts';
import { cvatContract as contract, cvatUnit as unit } from './suites.ts';

const ROOM = 'src/sandbox/cvat';

/** CVAT's background requests: their races, their workers and their end. */
export const CVAT_REQUESTS: readonly Mutation[] = [
  {
    oddity: 'the state of an unknown request is a plain text of 404',
    file: `${ROOM}/routes/requests.ts`,
    find: "refused(404, 'There is no request with specified id')",
    replace: "refused(404, 'Not found.')",
    suites: [contract('requests')],
  },
  {
    oddity: 'a request of a deleted task is 400',
    file: `${ROOM}/routes/requests.ts`,
    find: "throw refuseList('Task matching query does not exist.')",
    replace: "throw refused(404, 'There is no request with specified id')",
    suites: [contract('tasks')],
  },
  {
    oddity: 'a request that has just ended shows no end yet',
    file: `${ROOM}/answers/early-view.ts`,
    find: 'finished_date: null, expiry_date: null',
    replace: 'finished_date: request.finished, expiry_date: request.expiry',
    suites: [unit('versions')],
  },
  {
    oddity: 'a request of the older version has started without a date',
    file: `${ROOM}/answers/early-view.ts`,
    find: '{ ...view, started_date: null }',
    replace: 'view',
    suites: [unit('versions')],
  },
  {
    oddity: 'a request that has just failed shows a traceback',
    file: `${ROOM}/answers/early-view.ts`,
    find: 'message: `${TRACEBACK}${request.message}`',
    replace: 'message: request.message',
    suites: [unit('versions')],
  },
  {
    oddity: 'the second look shows all of a request',
    file: `${ROOM}/answers/early-view.ts`,
    find: '  seen.set(request, request.status);\n',
    replace: '',
    suites: [unit('versions')],
  },
  {
    oddity: 'the result of a request is forgotten after a while',
    file: `${ROOM}/state/requests.ts`,
    find: 'Date.parse(request.expiry) <= state.now()',
    replace: 'Date.parse(request.expiry) <= 0',
    suites: [unit('import-worker')],
  },
  {
    oddity: 'only what waits can be cancelled',
    file: `${ROOM}/routes/requests.ts`,
    find: "  if (request.status === 'queued') {",
    replace: "  if (request.status !== 'finished') {",
    suites: [unit('uploads')],
  },
  {
    oddity: 'a request of another user is forbidden, not absent',
    file: `${ROOM}/routes/requests.ts`,
    find: '  if (request.userId !== call.user.id && !call.user.isAdmin) throw forbidden();\n',
    replace: '',
    suites: [unit('uploads')],
  },
  {
    oddity: 'a user lists their own requests alone',
    file: `${ROOM}/routes/requests.ts`,
    find: 'request.userId === call.user.id &&\n',
    replace: 'request.userId > 0 &&\n',
    suites: [unit('uploads')],
  },
  {
    oddity: 'an import stays started for good when its worker is killed',
    file: `${ROOM}/import-worker.ts`,
    find: 'for (const request of running) abandoned.set(request, state.now());',
    replace: 'for (const request of running) failStuckRequest(request);',
    suites: [unit('import-worker')],
  },
  {
    oddity: 'a worker that is back at once does not notice what it left behind',
    file: `${ROOM}/import-worker.ts`,
    find: '      if (state.now() - since < HEARTBEAT_MS) continue;\n',
    replace: '',
    suites: [unit('import-worker')],
  },
  {
    oddity: 'what a worker left behind fails without saying when',
    file: `${ROOM}/import-worker.ts`,
    find: "  request.status = 'failed';\n",
    replace: "  request.status = 'failed';\n  request.finished = request.created;\n",
    suites: [unit('import-worker')],
  },
  {
    oddity: 'imports wait while there is no worker',
    file: `${ROOM}/import-worker.ts`,
    find: '      if (isThere) running.add(request);\n      else waiting.push(start);\n      return isThere;',
    replace: '      running.add(request);\n      return start !== undefined;',
    suites: [unit('import-worker')],
  },
  {
    oddity: "a failure names the exception's class and ends a line",
    file: `${ROOM}/background.ts`,
    find: "return `${error.pythonClass}${error.message === '' ? '' : `: ${error.message}`}\\n`;",
    replace: 'return error.message;',
    suites: [contract('failing imports')],
  },
];
