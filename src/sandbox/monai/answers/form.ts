import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { missing, refuse } from './http-answer.ts';

export interface FormFile {
  /** The file's name up to its first dot. */
  readonly stem: string;
  /** The rest: of `a.b.png` it is `.b.png`. */
  readonly ext: string;
  readonly bytes: Buffer;
}

export interface Form {
  field(name: string): string | null;
  /** Answers 422 if the form lacks the file. */
  file(name: string): FormFile;
  optionalFile(name: string): FormFile | null;
  /** A field that holds a JSON object; empty if absent. What is no such object ends in a bare 500, as on the server. */
  json(name: string): Record<string, unknown>;
}

/** Reads a multipart or URL-encoded body; any other body counts as a form without fields. */
export async function readForm(request: FastifyRequest): Promise<Form> {
  const fields = new Map<string, string>();
  const files = new Map<string, FormFile>();
  const type = request.headers['content-type'] ?? '';
  if (type.startsWith('multipart/form-data')) {
    if (!/boundary=/i.test(type)) throw refuse(400, 'Missing boundary in multipart.');
    await readParts(request, fields, files).catch(() => {
      throw refuse(400, 'There was an error parsing the body');
    });
  } else if (type.startsWith('application/x-www-form-urlencoded') && Buffer.isBuffer(request.body)) {
    for (const [name, value] of new URLSearchParams(request.body.toString('utf8'))) fields.set(name, value);
  }
  return {
    field: (name) => fields.get(name) ?? null,
    optionalFile: (name) => files.get(name) ?? null,
    file(name) {
      const file = files.get(name);
      if (file === undefined) throw missing('body', name);
      return file;
    },
    json: (name) => z.record(z.string(), z.unknown()).parse(JSON.parse(fields.get(name) ?? '{}')),
  };
}

async function readParts(
  request: FastifyRequest,
  fields: Map<string, string>,
  files: Map<string, FormFile>,
): Promise<void> {
  for await (const part of request.parts()) {
    if (part.type === 'file') files.set(part.fieldname, { ...cutName(part.filename), bytes: await part.toBuffer() });
    else fields.set(part.fieldname, String(part.value));
  }
}

function cutName(fileName: string): { stem: string; ext: string } {
  const dot = fileName.indexOf('.');
  return dot < 0 ? { stem: fileName, ext: '' } : { stem: fileName.slice(0, dot), ext: fileName.slice(dot) };
}
