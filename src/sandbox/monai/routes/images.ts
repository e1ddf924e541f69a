import { readFile } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { readForm } from '../answers/form.ts';
import { refuse } from '../answers/http-answer.ts';
import { readQuery } from '../answers/query.ts';
import { sendFile } from '../answers/send-file.ts';
import type { MonaiState } from '../state.ts';
import { on } from './on.ts';

/** The datastore's index and its images. */
export function addImageRoutes(app: FastifyInstance, { datastore }: MonaiState): void {
  on(app, 'GET /datastore/', async (request) => {
    const output = readQuery(request).oneOf('output', ['train', 'stats', 'all'], 'stats');
    if (output === 'all') return datastore.describe();
    return output === 'train' ? datastore.trainingList() : datastore.stats();
  });

  on(app, 'PUT /datastore/image', async (request) => {
    const query = readQuery(request);
    const form = await readForm(request);
    const { stem, ext, bytes } = form.file('file');
    const id = query.optional('image') ?? stem;
    datastore.putImage(id, ext, bytes, form.json('params'));
    return { image: id };
  });

  on(app, 'GET /datastore/image', async (request, reply) => {
    const path = datastore.image(readQuery(request).required('image'));
    if (path === null) throw refuse(404, 'Image NOT Found');
    return sendFile(reply, path);
  });

  on(app, 'HEAD /datastore/image', async (request) => {
    const query = readQuery(request);
    const path = datastore.image(query.required('image'));
    if (path === null) throw refuse(404, 'Image NOT Found');
    const claimed = query.optional('check_sum');
    // The server strips the prefix from the claim but not from its own digest, so that no claim is ever right.
    const digest = `SHA256:${createHash('sha256')
      .update(await readFile(path))
      .digest('hex')}`;
    if (claimed !== null && claimed.slice(claimed.lastIndexOf(':') + 1) !== digest) {
      throw refuse(404, 'Image NOT Found (checksum mismatch)');
    }
    return {};
  });

  on(app, 'GET /datastore/image/info', async (request) => datastore.imageInfo(readQuery(request).required('image')));

  on(app, 'PUT /datastore/image/info', async (request, reply) => {
    const form = await readForm(request);
    datastore.addImageInfo(readQuery(request).required('image'), form.json('info'));
    return reply.type('application/json').send('null');
  });

  on(app, 'DELETE /datastore/image', async (request) => {
    datastore.deleteImage(readQuery(request).required('id'));
    return {};
  });
}
