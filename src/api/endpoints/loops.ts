import { z } from 'zod';
import { LOOP_ANSWERS } from '../../contracts/loop.ts';
import { define, noBody, nothing, readsMany } from '../define.ts';
import { loopInput, loopPlan, loopPoint, loopRow, loopView } from '../schemas/loop.ts';

const tag = 'loops';
const place = z.strictObject({
  connection: z.string().min(1),
  project: z.string().min(1),
  loop: z.string().min(1).describe('name of the loop'),
});
const one = {
  tag,
  reach: 'one',
  connectionOf: ({ params }: { readonly params: z.output<typeof place> }): string => params.connection,
  params: place,
  query: nothing,
} as const;
const path = '/loops/{connection}/{project}/{loop}';

/** A loop by the text of its `maskloop.yaml`, or by a policy that is in the store. */
const given = z.union([
  z.strictObject({
    text: z
      .string()
      .min(1)
      .max(256 * 1024)
      .describe('content of a maskloop.yaml'),
  }),
  z.strictObject({ loop: loopInput }),
]);

export const listLoops = define({
  ...readsMany,
  id: 'listLoops',
  path: '/loops',
  tag,
  summary: 'All loops, those that run and those that have chosen frames',
  role: 'viewer',
  answer: z.object({ loops: z.array(loopRow).readonly() }),
});

export const resolveLoop = define({
  ...readsMany,
  id: 'resolveLoop',
  path: '/loops/resolve',
  tag,
  summary: 'The one loop that is meant by a name, a part of an id, or nothing',
  role: 'viewer',
  query: z.strictObject({ given: z.string().max(1000).optional() }),
  answer: loopRow,
});

export const describeLoop = define({
  ...one,
  id: 'describeLoop',
  method: 'GET',
  path,
  summary: 'All that is known of a loop and of its iteration that runs',
  role: 'viewer',
  changes: false,
  body: noBody,
  answer: loopView,
});

export const loopCurve = define({
  ...one,
  id: 'readLoopCurve',
  method: 'GET',
  path: `${path}/curve`,
  summary: 'The learning curve: a point for each iteration that is through',
  role: 'viewer',
  changes: false,
  body: noBody,
  answer: z.object({ points: z.array(loopPoint).readonly() }),
});

export const readLoopFile = define({
  ...one,
  id: 'readLoopFile',
  method: 'GET',
  path: `${path}/file`,
  summary: 'What a loop does from its next iteration on, as a maskloop.yaml',
  role: 'operator',
  changes: false,
  body: noBody,
  answer: z.object({
    text: z.string(),
    policy: z.string().describe('hash of the policy that it was written from'),
    isEdited: z.boolean().describe('true for the policy of an edit, which counts from the next iteration on'),
    unsaid: z.array(z.string()).readonly().describe('parts of the policy that no such file can say'),
  }),
});

const ofOperator = {
  method: 'POST',
  tag,
  role: 'operator',
  // The text says which connection is meant.
  reach: 'filtered',
  params: nothing,
  query: nothing,
} as const;

export const checkLoop = define({
  ...ofOperator,
  id: 'checkLoop',
  path: '/loops/check',
  summary: 'What a maskloop.yaml means, or everything that is wrong with it; stores nothing',
  changes: false,
  body: z.strictObject({ text: z.string().max(256 * 1024) }),
  answer: z.object({
    name: z.string(),
    connection: z.string(),
    project: z.string(),
    means: z
      .array(z.tuple([z.string(), z.string()]).readonly())
      .readonly()
      .describe('what it says, in words'),
  }),
});

export const planLoop = define({
  ...ofOperator,
  id: 'planLoop',
  path: '/loops/plan',
  summary: 'What the next iteration of a loop would do, which frames it would have and why; changes nothing',
  changes: false,
  body: given,
  answer: loopPlan,
});

export const startLoop = define({
  ...ofOperator,
  id: 'startLoop',
  path: '/loops',
  summary: 'Starts a loop, joins the one that runs with an equal policy, or goes on with one that has ended',
  changes: true,
  body: given,
  answer: z.object({ id: z.string(), outcome: z.enum(['started', 'joined']), ends: z.boolean() }),
});

export const editLoop = define({
  ...ofOperator,
  id: 'editLoop',
  path: '/loops/edit',
  summary: 'Changes what a loop does, from the next iteration on',
  changes: true,
  body: given,
  answer: z.object({ id: z.string(), from: z.number(), changes: z.string() }),
});

/** What needs nothing but the loop. */
export const LOOP_SIGNALS = {
  pause: 'No new iteration begins; the one that runs goes on',
  resume: 'Goes on after a pause',
} as const;

/** The endpoint of each. */
export function loopSignal(what: keyof typeof LOOP_SIGNALS) {
  return define({
    ...one,
    id: `${what}Loop`,
    method: 'POST',
    path: `${path}/${what}`,
    summary: LOOP_SIGNALS[what],
    role: 'operator',
    changes: true,
    body: noBody,
    answer: null,
  });
}

export const stopLoop = define({
  ...one,
  id: 'stopLoop',
  method: 'POST',
  path: `${path}/stop`,
  summary: 'Ends a loop after the iteration that runs',
  role: 'operator',
  changes: true,
  body: z.strictObject({ note: z.string().max(2000) }),
  answer: null,
});

export const answerLoop = define({
  ...one,
  id: 'answerLoop',
  method: 'POST',
  path: `${path}/answer`,
  summary: 'Says what becomes of an iteration that has failed, or of a rule that asks',
  role: 'lead',
  changes: true,
  body: z.strictObject({ answer: z.enum(LOOP_ANSWERS) }),
  answer: null,
});

export const beginLoop = define({
  ...one,
  id: 'beginLoop',
  method: 'POST',
  path: `${path}/begin`,
  summary: 'Asks a loop that waits to be asked for its next iteration',
  role: 'operator',
  changes: true,
  body: z.strictObject({ overlap: z.enum(['skip', 'buffer']) }),
  answer: z.object({ outcome: z.enum(['begins', 'waits', 'skipped']), why: z.string() }),
});
