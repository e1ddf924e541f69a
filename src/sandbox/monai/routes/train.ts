import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { refuse, unprocessable } from '../answers/http-answer.ts';
import { readQuery } from '../answers/query.ts';
import type { MonaiState } from '../state.ts';
import { on } from './on.ts';

const modelParams = z.object({ model: z.string() });
const jsonObject = z.record(z.string(), z.unknown());

/** Submitting, watching and killing trainings. */
export function addTrainRoutes(app: FastifyInstance, { queue }: MonaiState): void {
  on(app, 'POST /train/:model', async (request) => {
    const { model } = modelParams.parse(request.params);
    const enqueue = readQuery(request).flag('enqueue');
    const settings = readJsonObject(request);
    // Busy is who runs, not who is submitted: two requests at the same moment both pass.
    if (queue.running() !== null && !enqueue) throw refuse(429, '++++++++++ Train Task is Already Running');
    return queue.submit({ model, ...settings });
  });

  on(app, 'GET /train/', async (request) => {
    const query = readQuery(request);
    const all = query.flag('all');
    if (query.flag('check_if_running')) {
      return queue.running() ?? refuse404('No Train Tasks are currently Running');
    }
    const last = queue.tasks.at(-1) ?? refuse404('No Train Tasks Found');
    return all ? queue.tasks : last;
  });

  on(app, 'DELETE /train/', async (_request, reply) => {
    return reply.type('application/json').send(JSON.stringify(queue.stopRunning()));
  });
}

function refuse404(detail: string): never {
  throw refuse(404, detail);
}

/** The request's body; empty without one. */
function readJsonObject(request: FastifyRequest): Record<string, unknown> {
  const text = Buffer.isBuffer(request.body) ? request.body.toString('utf8') : '';
  if (text === '') return {};
  const parsed = jsonObject.safeParse(parseJson(text));
  if (parsed.success) return parsed.data;
  const msg = 'Input should be a valid dictionary';
  throw unprocessable({ type: 'dict_type', loc: ['body'], msg, input: parseJson(text) });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    const error = text.trimStart().startsWith('{')
      ? 'Expecting property name enclosed in double quotes'
      : 'Expecting value';
    const at = text.indexOf('{') + 1;
    throw unprocessable({
      type: 'json_invalid',
      loc: ['body', at],
      msg: 'JSON decode error',
      input: {},
      ctx: { error },
    });
  }
}
