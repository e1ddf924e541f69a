import type { FastifyInstance, FastifyRequest } from 'fastify';
import { refuse } from '../answers/http-answer.ts';
import { readQuery } from '../answers/query.ts';
import type { MonaiState, TaskKind } from '../state.ts';
import type { Request } from '../tasks/background-process.ts';
import { on } from './on.ts';

/**
 * Submits a task, or runs it while everybody waits if `run_sync` is set: then the answer is its result, and no record of
 * it is left.
 */
export async function submitTask(
  state: MonaiState,
  kind: TaskKind,
  request: FastifyRequest,
  asked: Request,
): Promise<unknown> {
  const query = readQuery(request);
  const enqueue = kind === 'train' && query.flag('enqueue');
  const queue = state.queues[kind];
  // Busy is who runs, not who is submitted: two requests at the same moment both pass.
  if (queue.running() !== null && !enqueue) throw refuse(429, `++++++++++ ${titleOf(kind)} Task is Already Running`);
  if (!query.flag('run_sync')) return queue.submit(asked);
  const { signal } = state.closing;
  return state.gate.block(async () => state.processes[kind](asked, { signal, print: () => {} }));
}

/** Watching and killing the tasks of a kind. */
export function addTaskRoutes(app: FastifyInstance, state: MonaiState, kind: TaskKind, path: `/${string}`): void {
  const queue = state.queues[kind];

  on(app, `GET ${path}`, async (request) => {
    const query = readQuery(request);
    const all = query.flag('all');
    if (query.flag('check_if_running')) {
      return queue.running() ?? refuse404(`No ${titleOf(kind)} Tasks are currently Running`);
    }
    const last = queue.tasks.at(-1) ?? refuse404(`No ${titleOf(kind)} Tasks Found`);
    return all ? queue.tasks : last;
  });

  on(app, `DELETE ${path}`, async (_request, reply) => {
    return reply.type('application/json').send(JSON.stringify(queue.stopRunning()));
  });
}

function refuse404(detail: string): never {
  throw refuse(404, detail);
}

function titleOf(kind: TaskKind): string {
  return kind.charAt(0).toUpperCase() + kind.slice(1);
}
