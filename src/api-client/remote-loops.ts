import * as api from '../api/endpoints/loops.ts';
import { placeOfId } from '../contracts/ids.ts';
import type { LoopOperations } from '../operations/loops/loop-operations.ts';
import type { ApiClient } from './api-client.ts';

/** The loops of a server. Whom they name is the server's to say. */
export function remoteLoops(client: ApiClient): LoopOperations {
  return {
    list: async () => (await client.ask(api.listLoops, {})).loops,
    resolve: (given) => client.ask(api.resolveLoop, { query: given === undefined ? {} : { given } }),
    describe: (id) => client.ask(api.describeLoop, { params: paramsOf(id) }),
    plan: (loop) => client.ask(api.planLoop, { body: { loop } }),
    start: ({ loop }) => client.ask(api.startLoop, { body: { loop } }),
    edit: ({ connection, project, name }, { policy }) =>
      client.ask(api.editLoop, { body: { loop: { connection, project, name, policy } } }),
    pause: (id) => client.tell(api.loopSignal('pause'), { params: paramsOf(id) }),
    resume: (id) => client.tell(api.loopSignal('resume'), { params: paramsOf(id) }),
    stop: (id, { note }) => client.tell(api.stopLoop, { params: paramsOf(id), body: { note } }),
    answer: (id, { answer }) => client.tell(api.answerLoop, { params: paramsOf(id), body: { answer } }),
    begin: (id, { overlap }) => client.ask(api.beginLoop, { params: paramsOf(id), body: { overlap } }),
  };
}

function paramsOf(id: string): { readonly connection: string; readonly project: string; readonly loop: string } {
  const { connection, project, task } = placeOfId(id.replace(/^~loop\//, ''));
  return { connection, project, loop: task };
}
