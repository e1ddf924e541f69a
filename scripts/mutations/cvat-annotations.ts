import type { Mutation } from './mutation.ts';
import { cvatUnit as unit } from './suites.ts';

const ROOM = 'src/sandbox/cvat';

/** What CVAT makes of annotations that are read and written as they are stored. */
export const CVAT_ANNOTATIONS: readonly Mutation[] = [
  {
    oddity: 'annotations that are put must not bring ids',
    file: `${ROOM}/routes/annotation-rules.ts`,
    find: "  if (ids === 'absent' && hasId) complaints['id'] = ['must be absent'];\n",
    replace: '',
    suites: [unit('annotations')],
  },
  {
    oddity: 'the older version takes any word for a source',
    file: `${ROOM}/routes/annotation-rules.ts`,
    find: "source !== undefined && version !== '2.54.1'",
    replace: 'source !== undefined',
    suites: [unit('versions')],
  },
  {
    oddity: 'a job stores what lies on frames that are not its own',
    file: `${ROOM}/state/annotations.ts`,
    find: "'job' in target || holds(job, item.frame)",
    replace: 'holds(job, item.frame)',
    suites: [unit('annotations')],
  },
  {
    oddity: 'a shape has the default values of attributes that it was not given',
    file: `${ROOM}/state/annotations.ts`,
    find: '  if (missing.length === 0) return shape;',
    replace: '  if (missing.length >= 0) return shape;',
    suites: [unit('annotations')],
  },
  {
    oddity: 'removing from a job what is gone already counts as a change',
    file: `${ROOM}/state/annotations.ts`,
    find: "if (after !== before || (asked && 'job' in target)) touch",
    replace: 'if (after !== before) touch',
    suites: [unit('updated-dates')],
  },
  {
    oddity: 'a shape that is changed keeps its id, one that is put anew does not',
    file: `${ROOM}/state/annotations.ts`,
    find: "({ ...shape, id: state.nextId('shape') })",
    replace: "({ ...shape, id: Number(Reflect.get(shape, 'id') ?? shape.frame + 1) })",
    suites: [unit('annotations')],
  },
  {
    oddity: 'shapes of a frame come in no order that one could rely on',
    file: `${ROOM}/state/annotations.ts`,
    find: 'scrambled(a) - scrambled(b)',
    replace: 'a.id - b.id',
    suites: [unit('annotations')],
  },
  {
    oddity: 'annotations of a task without frames are plain words of 400',
    file: `${ROOM}/routes/annotations.ts`,
    find: "throw refuseText(400, 'Exporting annotations from a task without data is not allowed');",
    replace: 'return json(200, NOTHING);',
    suites: [unit('tasks'), unit('annotations')],
  },
  {
    oddity: 'an unknown action is refused',
    file: `${ROOM}/routes/annotations.ts`,
    find: '      throw refuseList("Please specify a correct \'action\' for the request");',
    replace: '      return json(200, NOTHING);',
    suites: [unit('annotations')],
  },
  {
    oddity: 'the answer to a removal repeats what was asked',
    file: `${ROOM}/routes/annotations.ts`,
    find: '{ ...NOTHING, ...body, intervals: [] }',
    replace: '{ ...NOTHING, intervals: [] }',
    suites: [unit('annotations')],
  },
];
