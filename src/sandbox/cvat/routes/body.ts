import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { jsonFailure, position } from '../coco/json-failure.ts';
import { refuseDetail, refuseFields } from '../answers/refusal.ts';

const fieldsSchema = z.record(z.string(), z.unknown());

export type Fields = Readonly<Record<string, unknown>>;

export interface UploadedFile {
  /** Name of the form field. */
  readonly field: string;
  /** File name without folders. */
  readonly name: string;
  readonly bytes: Buffer;
}

export interface Form {
  readonly files: readonly UploadedFile[];
  readonly fields: Readonly<Record<string, string>>;
}

/**
 * The JSON object in a body; an absent body is an empty object.
 *
 * @throws Refusal 415 for another media type, 400 for malformed JSON
 */
export function jsonFields(request: FastifyRequest): Fields {
  const body = jsonValue(request);
  return fieldsOf(body);
}

/** A JSON object. @throws Refusal 400 for any other value */
export function fieldsOf(value: unknown): Fields {
  const fields = fieldsSchema.safeParse(value);
  if (!fields.success) throw refuseFields({ non_field_errors: ['Invalid data. Expected a dictionary.'] });
  return fields.data;
}

/** A value as a text: itself if it is one, else its JSON. */
export function asText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value ?? null);
}

function jsonValue(request: FastifyRequest): unknown {
  const bytes = rawBody(request);
  if (bytes.length === 0) return {};
  const type = mediaType(request);
  if (type !== 'application/json' && type !== 'application/vnd.cvat+json') throw unsupported(request);
  const text = bytes.toString();
  const failure = jsonFailure(text);
  if (failure === undefined) return JSON.parse(text);
  const isName = text.slice(0, failure.at).trimEnd().endsWith('{');
  const wanted = isName ? 'property name enclosed in double quotes' : 'value';
  throw refuseDetail(400, `JSON parse error - Expecting ${wanted}: ${position(text, failure.at)}`);
}

/**
 * The bytes of a TUS request.
 *
 * @throws Refusal 415 unless they are declared as such
 */
export function tusBytes(request: FastifyRequest): Buffer {
  if (mediaType(request) !== 'application/offset+octet-stream') throw unsupported(request);
  return rawBody(request);
}

export function isForm(request: FastifyRequest): boolean {
  return mediaType(request) === 'multipart/form-data';
}

/** All files and fields of a multipart form; anything else is an empty form. */
export async function formOf(request: FastifyRequest): Promise<Form> {
  const files: UploadedFile[] = [];
  const fields: Record<string, string> = {};
  if (!isForm(request)) return { files, fields };
  for await (const part of request.parts()) {
    if (part.type === 'file') {
      files.push({ field: part.fieldname, name: part.filename, bytes: await part.toBuffer() });
    } else {
      fields[part.fieldname] = String(part.value);
    }
  }
  return { files, fields };
}

function rawBody(request: FastifyRequest): Buffer {
  return Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
}

function mediaType(request: FastifyRequest): string {
  return (request.headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
}

function unsupported(request: FastifyRequest): Error {
  return refuseDetail(415, `Unsupported media type "${request.headers['content-type'] ?? ''}" in request.`);
}
