import type { Mutation } from './mutation.ts';
import { monaiContract as contract, monaiUnit as unit } from './suites.ts';

const ROOM = 'src/sandbox/monai';

/** How MONAI Label answers, redirects and refuses. */
export const MONAI_SERVER: readonly Mutation[] = [
  {
    oddity: 'the connection ends after a bare 500',
    file: `${ROOM}/answers/server-habits.ts`,
    find: '    reply.raw.shouldKeepAlive = false;\n',
    replace: '',
    suites: [contract('its answers')],
  },
  {
    oddity: 'nothing announces that end',
    file: `${ROOM}/answers/server-habits.ts`,
    find: "    reply.raw.removeHeader('connection');\n",
    replace: '',
    suites: [contract('its answers')],
  },
  {
    oddity: 'what the server does not expect is a bare 500 in plain text',
    file: `${ROOM}/answers/server-habits.ts`,
    find: "reply.code(500).type('text/plain; charset=utf-8').send('Internal Server Error')",
    replace: "reply.code(500).send({ detail: 'Internal Server Error' })",
    suites: [contract('its answers')],
  },
  {
    oddity: 'a missing slash leads elsewhere',
    file: `${ROOM}/answers/unmatched.ts`,
    find: 'if (find(other) === undefined) return',
    replace: 'if (find(other) !== null) return',
    suites: [contract('its answers')],
  },
  {
    oddity: 'an unknown image is a bare 500 at inference, not 404',
    file: `${ROOM}/routes/infer.ts`,
    find: "throw new Error('no such image')",
    replace: "throw refuse(404, 'Image NOT Found')",
    suites: [contract('predictions')],
  },
  {
    oddity: 'without output the answer is a form with mask and facts',
    file: `${ROOM}/routes/infer.ts`,
    find: "return output === 'image' ? sendMask(reply, mask) : sendBoth(reply, params, mask);",
    replace: "return output === 'never' ? sendBoth(reply, params, mask) : sendMask(reply, mask);",
    suites: [contract('predictions')],
  },
  {
    oddity: "an id ends at the first dot where it comes from a file's name",
    file: `${ROOM}/answers/form.ts`,
    find: "name.replace(/\\..*$/s, '')",
    replace: "name.replace(/\\.[^.]*$/s, '')",
    suites: [contract('unwise uploads')],
  },
  {
    oddity: 'every valid token is refused where logins are switched on',
    file: `${ROOM}/routes/auth.ts`,
    find: "    throw refuse(401, 'Could not validate credentials', challenge);\n",
    replace: '',
    suites: [unit('surface')],
  },
  {
    oddity: 'an unreachable realm is a bare 500',
    file: `${ROOM}/routes/auth.ts`,
    find: "    if (!auth.isReachable) throw new Error('the realm cannot be reached');\n",
    replace: '',
    suites: [unit('surface')],
  },
  {
    oddity: 'predictions come from random weights before any model was published',
    file: `${ROOM}/infer.ts`,
    find: "  return createClassifier(createRandom(world.seed, model, 'untrained'), FEATURES, outputs);",
    replace: "  throw new Error('no model');",
    suites: [contract('predictions')],
  },
  {
    oddity: 'an unknown strategy is a bare 500',
    file: `${ROOM}/strategies/pick-sample.ts`,
    find: 'throw new Error(`no strategy ${call.strategy}`);',
    replace: 'return {};',
    suites: [unit('background')],
  },
  {
    oddity: 'samples drawn within one second break the server',
    file: `${ROOM}/strategies/pick-sample.ts`,
    find: "  if (total <= 0) throw new Error('Total of weights must be greater than zero');\n",
    replace: '',
    suites: [unit('background')],
  },
  {
    oddity: 'the score of a sample is an object until it was scored',
    file: `${ROOM}/strategies/pick-sample.ts`,
    find: 'epistemic_entropy: { score: chosen.score, ts: chosen.ts }',
    replace: 'epistemic_entropy: chosen.score',
    suites: [unit('background')],
  },
  {
    oddity: 'a collection without its slash leads to an absolute address',
    file: `${ROOM}/answers/unmatched.ts`,
    find: "const location = `http://${request.headers.host ?? ''}${other}",
    replace: 'const location = `${other}',
    suites: [unit('shapes')],
  },
  {
    oddity: 'the description names no release',
    file: `${ROOM}/openapi/describe-api.ts`,
    find: "version: '0.1.0'",
    replace: "version: '0.8.5'",
    suites: [contract('its answers'), unit('surface')],
  },
];
