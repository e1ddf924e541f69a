import type { Mutation } from './mutation.ts';

const ROOM = 'src/sandbox/monai';

/** Oddities of MONAI Label that its stand-in plays. */
export const MONAI_MUTATIONS: readonly Mutation[] = [
  {
    oddity: 'the connection ends after a bare 500',
    file: `${ROOM}/answers/server-habits.ts`,
    find: '    reply.raw.shouldKeepAlive = false;\n',
    replace: '',
  },
  {
    oddity: 'nothing announces that end',
    file: `${ROOM}/answers/server-habits.ts`,
    find: "    reply.raw.removeHeader('connection');\n",
    replace: '',
  },
  {
    oddity: 'what the server does not expect is a bare 500 in plain text',
    file: `${ROOM}/answers/server-habits.ts`,
    find: "reply.code(500).type('text/plain; charset=utf-8').send('Internal Server Error')",
    replace: "reply.code(500).send({ detail: 'Internal Server Error' })",
  },
  {
    oddity: 'a missing slash leads elsewhere',
    file: `${ROOM}/answers/unmatched.ts`,
    find: 'if (find(other) === undefined) return',
    replace: 'if (find(other) !== null) return',
  },
  {
    oddity: 'an image that is sent again loses its labels',
    file: `${ROOM}/datastore/datastore.ts`,
    find: 'this.#images.set(id, { ext, info, labels: new Map() });',
    replace: 'this.#images.set(id, { ext, info, labels: this.#images.get(id)?.labels ?? new Map() });',
  },
  {
    oddity: 'only labels under the tag final count as completed',
    file: `${ROOM}/datastore/datastore.ts`,
    find: 'completed: tags[FINAL] ?? 0',
    replace: 'completed: [...this.#images.values()].filter(({ labels }) => labels.size > 0).length',
  },
  {
    oddity: 'no checksum of an image is ever right',
    file: `${ROOM}/routes/images.ts`,
    find: 'const digest = `SHA256:${createHash',
    replace: 'const digest = `${createHash',
  },
  {
    oddity: 'uploads too close on one another end the watcher for good',
    file: `${ROOM}/datastore/watcher.ts`,
    find: 'if (this.#inRow >= limit.writes) this.#isAlive = false;',
    replace: '',
  },
  {
    oddity: 'a deletion shows in the counts when the watcher has noticed it',
    file: `${ROOM}/datastore/datastore.ts`,
    find: 'if (this.#watcher === null) this.refresh();',
    replace: 'if (this.#images.size >= 0) this.refresh();',
  },
  {
    oddity: 'a second training is 429 while one runs',
    file: `${ROOM}/routes/tasks.ts`,
    find: 'if (queue.running() !== null && !enqueue) throw',
    replace: 'if (queue.running() === undefined && !enqueue) throw',
  },
  {
    oddity: 'busy begins only when the process runs, so two at the same moment both pass',
    file: `${ROOM}/routes/tasks.ts`,
    find: 'if (queue.running() !== null && !enqueue) throw',
    replace: "if (queue.tasks.some(({ status }) => status === 'SUBMITTED' || status === 'RUNNING') && !enqueue) throw",
  },
  {
    oddity: 'the status is that of the last submitted task',
    file: `${ROOM}/routes/tasks.ts`,
    find: 'queue.tasks.at(-1) ?? refuse404',
    replace: 'queue.running() ?? queue.tasks.at(-1) ?? refuse404',
  },
  {
    oddity: 'gpus as a number leave a task submitted for ever',
    file: `${ROOM}/tasks/task-queue.ts`,
    find: "return Boolean(gpus) && typeof gpus !== 'string';",
    replace: 'return gpus === null;',
  },
  {
    oddity: 'a task tells its last twenty lines alone',
    file: `${ROOM}/tasks/task-queue.ts`,
    find: '      lines.splice(0, lines.length - KEPT_LINES);\n',
    replace: '',
  },
  {
    oddity: 'any bytes are taken for a model',
    file: `${ROOM}/routes/model.ts`,
    find: '    if (!models.has(model)) throw refuse(500, `Model File Name NOT configured for ${model}`);\n',
    replace: "    if (bytes.length < 100) throw refuse(400, 'not a model');\n",
  },
  {
    oddity: 'an unknown image is a bare 500 at inference, not 404',
    file: `${ROOM}/routes/infer.ts`,
    find: "throw new Error('no such image')",
    replace: "throw refuse(404, 'Image NOT Found')",
  },
  {
    oddity: 'without output the answer is a form with mask and facts',
    file: `${ROOM}/routes/infer.ts`,
    find: "return output === 'image' ? sendMask(reply, mask) : sendBoth(reply, params, mask);",
    replace: "return output === 'never' ? sendBoth(reply, params, mask) : sendMask(reply, mask);",
  },
];
