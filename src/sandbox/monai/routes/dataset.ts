import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { buffer } from 'node:stream/consumers';
import type { FastifyInstance } from 'fastify';
import yazl from 'yazl';
import { readQuery } from '../answers/query.ts';
import type { MonaiState } from '../state.ts';
import { on } from './on.ts';

/** The labelled images and their labels as one archive. */
export function addDatasetRoutes(app: FastifyInstance, { datastore }: MonaiState): void {
  on(app, 'GET /datastore/dataset', async (request, reply) => {
    const limit = readQuery(request).integer('limit_cases', 0);
    const list = datastore.trainingList();
    const chosen = limit > 0 ? list.slice(0, limit) : list;
    const archive = new yazl.ZipFile();
    const metadata: object[] = [];
    for (const { image, label } of chosen) {
      const names = { image: `image/${basename(image)}`, label: `label/${basename(label)}` };
      archive.addBuffer(await readFile(image), names.image);
      archive.addBuffer(await readFile(label), names.label);
      metadata.push(names);
    }
    archive.addBuffer(Buffer.from(JSON.stringify(metadata)), 'metadata.json');
    archive.end();
    return reply
      .type('application/octet-stream')
      .header('content-disposition', 'attachment; filename="dataset.zip"')
      .send(await buffer(archive.outputStream));
  });
}
