import type { Mutation } from './mutation.ts';
import { cvatContract as contract, cvatUnit as unit } from './suites.ts';

const ROOM = 'src/sandbox/cvat';

/** What CVAT makes of a document that is imported. */
export const CVAT_IMPORTS: readonly Mutation[] = [
  {
    oddity: 'all imports into a task share one request id, and a second one is 409 while one is under way',
    file: `${ROOM}/routes/import-steps.ts`,
    find: 'if (earlier !== undefined && isOpen(earlier)) return json(409, { rq_id: requestId });',
    replace: '',
    suites: [contract('imports')],
  },
  {
    oddity: 'the format is looked at when the upload is finished',
    file: `${ROOM}/routes/import-steps.ts`,
    find: "if (format !== FORMAT) throw refuseList(`Unknown input format '${format}'`);",
    replace: '',
    suites: [contract('failing imports')],
  },
  {
    oddity: 'the older version knows no import modes',
    file: `${ROOM}/routes/import-steps.ts`,
    find: "call.state.version === '2.54.1' ? null : call.query.get('import_mode')",
    replace: "call.query.get('import_mode')",
    suites: [contract('imports')],
  },
  {
    oddity: 'an import replaces all annotations of the task',
    file: `${ROOM}/coco/import-into.ts`,
    find: 'if (!order.isAppending) clearAnnotations(state, target);',
    replace: '',
    suites: [contract('imports')],
  },
  {
    oddity: 'a ground truth job drops what lies on other frames',
    file: `${ROOM}/coco/import-into.ts`,
    find: 'included === null ? spread : onlyFrames(spread, new Set(included))',
    replace: 'spread',
    suites: [unit('ground-truth')],
  },
  {
    oddity: 'imports into a task leave ground truth jobs alone',
    file: `${ROOM}/state/jobs.ts`,
    find: "(job.type === 'ground_truth' && task.validationMode === 'gt_pool')",
    replace: "job.type === 'ground_truth'",
    suites: [contract('jobs'), unit('ground-truth')],
  },
  {
    oddity: 'a name that reads as a number is taken for the number of a frame',
    file: `${ROOM}/coco/match-frames.ts`,
    find: 'if (cast !== undefined) return numbers.has(cast) ? cast : undefined;',
    replace: '',
    suites: [contract('names of frames')],
  },
  {
    oddity: 'extensions do not matter in names of frames',
    file: `${ROOM}/coco/match-frames.ts`,
    find: ' ?? bare.get(rooted(id))',
    replace: '',
    suites: [contract('names of frames')],
  },
  {
    oddity: 'the source of a shape comes from its attributes',
    file: `${ROOM}/coco/import-coco.ts`,
    find: "typeof given['source'] === 'string' ? given['source'] : 'file'",
    replace: "'file'",
    suites: [contract('imports')],
  },
  {
    oddity: 'a label of another case is not the label',
    file: `${ROOM}/coco/import-coco.ts`,
    find: 'labels.find((candidate) => candidate.name === name)',
    replace: 'labels.find((candidate) => candidate.name.toLowerCase() === name.toLowerCase())',
    suites: [contract('failing imports')],
  },
  {
    oddity: 'category 0 is taken for none',
    file: `${ROOM}/coco/import-coco.ts`,
    find: 'annotation.category_id || Number.NaN',
    replace: 'annotation.category_id',
    suites: [contract('failing imports')],
  },
];
