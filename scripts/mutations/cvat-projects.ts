import type { Mutation } from './mutation.ts';
import { cvatContract as contract, cvatUnit as unit } from './suites.ts';

const ROOM = 'src/sandbox/cvat';

/** How CVAT keeps projects, tasks and labels. */
export const CVAT_PROJECTS: readonly Mutation[] = [
  {
    oddity: 'labels of an unknown project break the server',
    file: `${ROOM}/routes/labels.ts`,
    find: '    if (project === undefined) throw refuseCrash();',
    replace: '    if (project === undefined) return [];',
    suites: [contract('projects')],
  },
  {
    oddity: 'labels come oldest first, unlike all other lists',
    file: `${ROOM}/routes/labels.ts`,
    find: "call.query.get('sort') === '-id' ? found.toReversed() : found",
    replace: 'found.toReversed()',
    suites: [unit('projects')],
  },
  {
    oddity: 'a label that is renamed changes its colour',
    file: `${ROOM}/routes/labels.ts`,
    find: '    label.color = colorOf(name);\n',
    replace: '',
    suites: [unit('projects')],
  },
  {
    oddity: 'search looks for words, whatever their case',
    file: `${ROOM}/routes/list-query.ts`,
    find: "(search ?? '').toLowerCase().split",
    replace: "(search ?? '').split",
    suites: [unit('projects')],
  },
  {
    oddity: 'a name in a query is the whole name',
    file: `${ROOM}/routes/list-query.ts`,
    find: 'return asked === null || asked === String(value);',
    replace: 'return asked === null || String(value).includes(asked);',
    suites: [unit('projects')],
  },
  {
    oddity: 'a task lies in the organization of its project',
    file: `${ROOM}/routes/tasks.ts`,
    find: '  if (project.organizationId !== organizationId) {',
    replace: '  if (project.organizationId === -1) {',
    suites: [contract('organizations')],
  },
  {
    oddity: 'no job consists of shared frames alone',
    file: `${ROOM}/state/segments.ts`,
    find: 'start < task.frames - overlap;',
    replace: 'start < task.frames;',
    suites: [unit('segments')],
  },
  {
    oddity: 'jobs share half a segment at most',
    file: `${ROOM}/state/segments.ts`,
    find: 'Math.min(task.overlap, Math.floor(segmentSize / 2))',
    replace: 'Math.min(task.overlap, segmentSize - 1)',
    suites: [unit('segments')],
  },
  {
    oddity: 'frames are in the order of the bytes of their names',
    file: `${ROOM}/routes/create-frames.ts`,
    find: 'return names.toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));',
    replace: 'return names.toSorted((a, b) => a.localeCompare(b));',
    suites: [contract('frames of a task')],
  },
  {
    oddity: 'what is no media by its name is passed over',
    file: `${ROOM}/routes/create-frames.ts`,
    find: 'if (MEDIA.test(name)) files.set',
    replace: 'files.set',
    suites: [unit('tasks')],
  },
  {
    oddity: 'somebody invited with an account is a member at once',
    file: `${ROOM}/routes/invitations.ts`,
    find: 'isAccepted: known !== undefined',
    replace: 'isAccepted: false',
    suites: [unit('members')],
  },
];
