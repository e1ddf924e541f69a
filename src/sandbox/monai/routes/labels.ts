import type { FastifyInstance } from 'fastify';
import { readForm } from '../answers/form.ts';
import { refuse } from '../answers/http-answer.ts';
import { readQuery } from '../answers/query.ts';
import { sendFile } from '../answers/send-file.ts';
import type { MonaiState } from '../state.ts';
import { on } from './on.ts';

/** Labels of the datastore's images. */
export function addLabelRoutes(app: FastifyInstance, { datastore }: MonaiState): void {
  on(app, 'PUT /datastore/label', async (request) => {
    const query = readQuery(request);
    const image = query.required('image');
    const form = await readForm(request);
    const { ext, bytes } = form.file('label');
    datastore.putLabel(image, query.optional('tag') || 'final', ext, bytes, form.json('params'));
    return { image, label: image };
  });

  on(app, 'GET /datastore/label', async (request, reply) => {
    const query = readQuery(request);
    const path = datastore.label(query.required('label'), query.required('tag'));
    if (path === null) throw refuse(404, 'Label NOT Found');
    return sendFile(reply, path);
  });

  on(app, 'HEAD /datastore/label', async (request) => {
    const query = readQuery(request);
    const path = datastore.label(query.required('image'), query.required('tag'));
    if (path === null) throw refuse(404, 'Label NOT Found');
    return {};
  });

  on(app, 'GET /datastore/label/info', async (request) => {
    const query = readQuery(request);
    return datastore.labelInfo(query.required('label'), query.required('tag'));
  });

  const changeInfo = (path: `/${string}`, field: string) =>
    on(app, `PUT ${path}`, async (request, reply) => {
      const query = readQuery(request);
      const form = await readForm(request);
      datastore.addLabelInfo(query.required('label'), query.required('tag'), form.json(field));
      return reply.type('application/json').send('null');
    });
  changeInfo('/datastore/label/info', 'info');
  changeInfo('/datastore/updatelabelinfo', 'params');

  on(app, 'DELETE /datastore/label', async (request) => {
    const query = readQuery(request);
    datastore.deleteLabel(query.required('id'), query.required('tag'));
    return {};
  });
}
