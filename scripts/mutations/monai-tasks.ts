import type { Mutation } from './mutation.ts';
import { monaiContract as contract, monaiUnit as unit } from './suites.ts';

const ROOM = 'src/sandbox/monai';

/** How MONAI Label trains, scores and predicts in the background. */
export const MONAI_TASKS: readonly Mutation[] = [
  {
    oddity: 'a second training is 429 while one runs',
    file: `${ROOM}/routes/tasks.ts`,
    find: 'if (queue.running() !== null && !enqueue) throw',
    replace: 'if (queue.running() === undefined && !enqueue) throw',
    suites: [contract('trainings')],
  },
  {
    oddity: 'busy begins only when the process runs, so two at the same moment both pass',
    file: `${ROOM}/routes/tasks.ts`,
    find: 'if (queue.running() !== null && !enqueue) throw',
    replace: "if (queue.tasks.some(({ status }) => status === 'SUBMITTED' || status === 'RUNNING') && !enqueue) throw",
    suites: [unit('train-tasks')],
  },
  {
    oddity: 'the status is that of the last submitted task',
    file: `${ROOM}/routes/tasks.ts`,
    find: 'queue.tasks.at(-1) ?? refuse404',
    replace: 'queue.running() ?? queue.tasks.at(-1) ?? refuse404',
    suites: [contract('trainings')],
  },
  {
    oddity: 'gpus as a number leave a task submitted for ever',
    file: `${ROOM}/tasks/task-queue.ts`,
    find: "return Boolean(gpus) && typeof gpus !== 'string';",
    replace: 'return gpus === null;',
    suites: [unit('train-tasks')],
  },
  {
    oddity: 'a task tells its last twenty lines alone',
    file: `${ROOM}/tasks/task-queue.ts`,
    find: '      lines.splice(0, lines.length - KEPT_LINES);\n',
    replace: '',
    suites: [unit('training')],
  },
  {
    oddity: 'any bytes are taken for a model',
    file: `${ROOM}/routes/model.ts`,
    find: '    if (!models.has(model)) throw refuse(500, `Model File Name NOT configured for ${model}`);\n',
    replace: "    if (bytes.length < 100) throw refuse(400, 'not a model');\n",
    suites: [contract('trainings')],
  },
  {
    oddity: 'a restart forgets all tasks while their processes go on',
    file: `${ROOM}/start-sandbox-monai.ts`,
    find: '      current = { ...current, ...changes };\n',
    replace: '      current = { ...current, ...changes };\n      killProcesses();\n',
    suites: [unit('restarts')],
  },
  {
    oddity: 'every run publishes its model, however bad',
    file: `${ROOM}/training/run-training.ts`,
    find: '    if (isBest) publish(',
    replace: '    if (isBest && published.describe(model) === null) publish(',
    suites: [unit('background')],
  },
  {
    oddity: 'the best checkpoint is published, not the last',
    file: `${ROOM}/training/run-training.ts`,
    find: '    if (isBest) publish(',
    replace: '    if (isBest || settings.epochs > 0) publish(',
    suites: [unit('training')],
  },
  {
    oddity: 'statistics are those of the run before until the first validation',
    file: `${ROOM}/training/run-training.ts`,
    find: '  const startedAt = clock.now();\n',
    replace: '  const startedAt = clock.now();\n  published.writeTrainStats(model, {} as RunFacts);\n',
    suites: [unit('train-tasks')],
  },
  {
    oddity: 'a training is accepted whatever it asks for',
    file: `${ROOM}/routes/train.ts`,
    find: '    const { model } = modelParams.parse(request.params);\n',
    replace:
      "    const { model } = modelParams.parse(request.params);\n    if (!state.models.has(model)) throw new Error('no such model');\n",
    suites: [unit('train-tasks')],
  },
  {
    oddity: 'stopping a training starts the next in the queue',
    file: `${ROOM}/tasks/task-queue.ts`,
    find: '      if (isStuck(task.request)) this.#breakHandOver(task);\n      else await this.#process(task);\n',
    replace:
      "      if (isStuck(task.request)) this.#breakHandOver(task);\n      else await this.#process(task);\n      if (task.status === 'STOPPED') return;\n",
    suites: [contract('trainings'), unit('train-tasks')],
  },
  {
    oddity: 'a run that is waited for keeps everybody waiting',
    file: `${ROOM}/routes/tasks.ts`,
    find: 'return state.gate.block(async () => state.processes',
    replace: 'return (async () => state.processes',
    suites: [unit('background')],
  },
  {
    oddity: 'batch inference divides by the number of GPUs',
    file: `${ROOM}/batch-infer/run-batch-infer.ts`,
    find: 'ids.length > 0 && settings.multi_gpu !== false',
    replace: 'ids.length < 0',
    suites: [unit('background')],
  },
  {
    oddity: 'batch inference stores labels under the tag original',
    file: `${ROOM}/batch-infer/run-batch-infer.ts`,
    find: "label_tag: z.string().catch('original')",
    replace: "label_tag: z.string().catch('final')",
    suites: [unit('background')],
  },
  {
    oddity: 'tracked trainings fail',
    file: `${ROOM}/training/tracking.ts`,
    find: "  if (!uri.startsWith('file:')) return;\n",
    replace: '  return;\n',
    suites: [unit('background')],
  },
  {
    oddity: 'a run of the same name goes on from its own model',
    file: `${ROOM}/training/run-training.ts`,
    find: 'const bytes = own ?? (settings.pretrained',
    replace: 'const bytes = (settings.pretrained',
    suites: [unit('training')],
  },
  {
    oddity: 'scores come by themselves where that is switched on',
    file: `${ROOM}/score-by-itself.ts`,
    find: 'if (!switches.scoresByItself) return;',
    replace: 'if (switches.scoresByItself || queues !== undefined) return;',
    suites: [unit('background')],
  },
  {
    oddity: 'an image that the same model has scored is not scored again',
    file: `${ROOM}/scoring/run-scoring.ts`,
    find: "studies.imageInfo(id)['epistemic_ts'] !== modelTime",
    replace: 'modelTime !== null',
    suites: [unit('background')],
  },
  {
    oddity: 'Dice is of values as numbers',
    file: `${ROOM}/scoring/run-scoring.ts`,
    find: '    both += truth[at]! * said[at]!;\n    either += truth[at]! + said[at]!;',
    replace:
      '    both += truth[at] === said[at] && truth[at] !== 0 ? 1 : 0;\n    either += Math.sign(truth[at]!) + Math.sign(said[at]!);',
    suites: [unit('background')],
  },
  {
    oddity: 'of two images none is left for validation',
    file: `${ROOM}/training/settings.ts`,
    find: 'Math.floor((1 - valSplit) * list.length + 0.5)',
    replace: 'Math.floor((1 - valSplit) * list.length)',
    suites: [unit('learner')],
  },
];
