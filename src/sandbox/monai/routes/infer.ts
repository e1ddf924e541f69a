import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { z } from 'zod';
import { writeMask } from '../../../coco/write-mask.ts';
import { type Form, readForm } from '../answers/form.ts';
import { refuse } from '../answers/http-answer.ts';
import { type Query, readQuery } from '../answers/query.ts';
import { currentClassifier, describeInference, inferMask } from '../infer.ts';
import type { MonaiState } from '../state.ts';
import { on } from './on.ts';

const modelParams = z.object({ model: z.string() });
const saveParams = z.object({ save_label: z.boolean().default(false), label_tag: z.string().default('original') });

/** Prediction of single images. */
export function addInferRoutes(app: FastifyInstance, state: MonaiState): void {
  let isFirst = true;
  on(app, 'POST /infer/:model', async (request, reply) => {
    const { model } = modelParams.parse(request.params);
    const query = readQuery(request);
    const output = query.oneOf('output', ['image', 'json', 'all', 'dicom_seg'], 'all');
    const form = await readForm(request);
    const image = query.optional('image');
    const { save_label: save, label_tag: tag } = saveParams.parse(form.json('params'));
    const bytes = await imageBytes(state, query, form);
    const startedAt = performance.now();
    const classifier = currentClassifier(state, model);
    if (isFirst)
      await state.gate.block(async () => state.clock.sleep(state.switches.firstInferMs, state.closing.signal));
    isFirst = false;
    const mask = writeMask(inferMask(classifier, bytes));
    const params = describeInference(state.models.get(model) ?? {}, (performance.now() - startedAt) / 1000);
    logInference(state, Object.keys(params));
    if (output === 'dicom_seg') throw refuse(500, 'DICOM SEG format is not supported in a non-DICOM datastore');
    if (save && image !== null) state.datastore.putLabel(image, tag, '.png', mask, { model, params });
    if (output === 'json') return params;
    return output === 'image' ? sendMask(reply, mask) : sendBoth(reply, params, mask);
  });
}

/** The image of the request: an upload, a session's or one of the datastore. @throws Error for what is not there */
async function imageBytes({ datastore, sessions }: MonaiState, query: Query, form: Form): Promise<Uint8Array> {
  const upload = form.optionalFile('file');
  const [image, session] = [query.optional('image'), query.optional('session_id')];
  if (upload !== null) return upload.bytes;
  if (image === null && session === null) {
    throw refuse(500, 'Neither Image nor File not Session ID input is provided');
  }
  const path = image === null ? sessions.get(session ?? '', true)?.image : datastore.image(image);
  if (path === null || path === undefined) throw new Error('no such image');
  return readFile(path);
}

function logInference({ serverLog }: MonaiState, keys: readonly string[]): void {
  serverLog.write('monailabel.tasks.infer.basic_infer:603', 'Writing Result...');
  serverLog.write('monailabel.transform.writer:196', 'Result ext: .png; write_to_file: True; dtype: None');
  serverLog.write('monailabel.tasks.infer.basic_infer:335', '++ Latencies => Total: 0.0100');
  serverLog.write('monailabel.tasks.infer.basic_infer:370', `Result File: /tmp/${temporaryName()}`);
  const list = keys.map((key) => `'${key}'`).join(', ');
  serverLog.write('monailabel.tasks.infer.basic_infer:371', `Result Json Keys: [${list}]`);
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
