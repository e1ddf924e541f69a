import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { z } from 'zod';
import { writeMask } from '../../../coco/write-mask.ts';
import { readForm } from '../answers/form.ts';
import { refuse } from '../answers/http-answer.ts';
import { readQuery } from '../answers/query.ts';
import { inferMask } from '../infer.ts';
import type { ModelLabels, MonaiState } from '../state.ts';
import { on } from './on.ts';

const modelParams = z.object({ model: z.string() });
const saveParams = z.object({ save_label: z.boolean().default(false), label_tag: z.string().default('original') });

/** Prediction of single images. */
export function addInferRoutes(app: FastifyInstance, state: MonaiState): void {
  on(app, 'POST /infer/:model', async (request, reply) => {
    const { model } = modelParams.parse(request.params);
    const query = readQuery(request);
    const output = query.oneOf('output', ['image', 'json', 'all', 'dicom_seg'], 'all');
    const form = await readForm(request);
    const image = query.optional('image');
    const upload = form.optionalFile('file');
    if (image === null && upload === null && query.optional('session_id') === null) {
      throw refuse(500, 'Neither Image nor File not Session ID input is provided');
    }
    const { save_label: save, label_tag: tag } = saveParams.parse(form.json('params'));
    const startedAt = performance.now();
    const mask = writeMask(inferMask(state, model, upload?.bytes ?? (await stored(state, image))));
    if (output === 'dicom_seg') throw refuse(500, 'DICOM SEG format is not supported in a non-DICOM datastore');
    const params = describe(state.models.get(model) ?? {}, (performance.now() - startedAt) / 1000);
    if (save && image !== null) state.datastore.putLabel(image, tag, '.png', mask, { model, params });
    if (output === 'json') return params;
    return output === 'image' ? sendMask(reply, mask) : sendBoth(reply, params, mask);
  });
}

/** @throws Error for an unknown image, which the server does not expect either */
async function stored({ datastore }: MonaiState, image: string | null): Promise<Uint8Array> {
  const path = image === null ? null : datastore.image(image);
  if (path === null) throw new Error('no such image');
  return readFile(path);
}

/** @param seconds the prediction took */
function describe(labels: ModelLabels, seconds: number): object {
  const rounded = Math.round(seconds * 100) / 100;
  const latencies = { pre: 0, infer: rounded, invert: 0, post: 0, write: 0, total: rounded };
  return { label_names: labels, latencies: { ...latencies, transform: { pre: {}, post: {} } }, centroids: {} };
}

async function sendMask(reply: FastifyReply, mask: Uint8Array): Promise<FastifyReply> {
  return reply
    .type('image/png')
    .header('content-disposition', `attachment; filename="${temporaryName()}"`)
    .send(Buffer.from(mask));
}

async function sendBoth(reply: FastifyReply, params: object, mask: Uint8Array): Promise<FastifyReply> {
  const boundary = randomBytes(16).toString('hex');
  const part = (head: string): Buffer =>
    Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; ${head}\r\n\r\n`);
  const body = Buffer.concat([
    part('name="params"\r\nContent-Type: application/json'),
    Buffer.from(`${JSON.stringify(params)}\r\n`),
    part(`name="image"; filename="${temporaryName()}"\r\nContent-Type: image/png`),
    mask,
    Buffer.from(`\r\n--${boundary}--\r\n`),
  ]);
  return reply.header('content-type', `multipart/form-data; boundary=${boundary}`).send(body);
}

function temporaryName(): string {
  return `tmp${randomBytes(4).toString('hex')}.png`;
}
