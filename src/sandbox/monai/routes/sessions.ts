import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { readForm } from '../answers/form.ts';
import { refuse } from '../answers/http-answer.ts';
import { readQuery } from '../answers/query.ts';
import { sendFile } from '../answers/send-file.ts';
import type { MonaiState } from '../state.ts';
import { on } from './on.ts';

const idParams = z.object({ id: z.string() });

/** Images that are kept for a while without becoming part of the datastore. */
export function addSessionRoutes(app: FastifyInstance, { sessions }: MonaiState): void {
  on(app, 'PUT /session/', async (request) => {
    const expiry = readQuery(request).integer('expiry', 0);
    const files = (await readForm(request)).files('files');
    const session = sessions.add(files, expiry);
    return { session_id: session.name, session_info: session };
  });

  on(app, 'GET /session/:id', async (request, reply) => {
    const { id } = idParams.parse(request.params);
    const query = readQuery(request);
    const wantsImage = query.flag('image');
    const session = sessions.get(id, query.flag('update_ts'));
    if (session === null) throw refuse(404, `Session (${id}) Not Found`);
    return wantsImage ? sendFile(reply, session.image) : session;
  });

  on(app, 'DELETE /session/:id', async (request) => {
    const session = sessions.get(idParams.parse(request.params).id, true);
    if (session === null) throw refuse(404, 'Session Not Found');
    sessions.remove(session);
    return session;
  });
}
