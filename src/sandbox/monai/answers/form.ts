import { basename } from 'node:path';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { keptExtension } from '../datastore/file-names.ts';
import { missing, refuse } from './http-answer.ts';

export interface FormFile {
  readonly name: string;
  /** The file's name up to its first dot. */
  readonly stem: string;
  /** The ending under which the server keeps it. */
  readonly ext: string;
  readonly bytes: Buffer;
}

export interface Form {
  field(name: string): string | null;
  /** Answers 422 if the form lacks the file. */
  file(name: string): FormFile;
  optionalFile(name: string): FormFile | null;
  /** All files under a name. Answers 422 if there is none. */
  files(name: string): readonly FormFile[];
  /** A field that holds a JSON object; empty if absent. What is no such object ends in a bare 500, as on the server. */
  json(name: string): Record<string, unknown>;
}

/** Reads a multipart or URL-encoded body; any other body counts as a form without fields. */
export async function readForm(request: FastifyRequest): Promise<Form> {
  const fields = new Map<string, string>();
  const files = new Map<string, FormFile[]>();
  const type = request.headers['content-type'] ?? '';
  if (type.startsWith('multipart/form-data')) {
    if (!/boundary=/i.test(type)) throw refuse(400, 'Missing boundary in multipart.');
    await readParts(request, fields, files).catch(() => {
      throw refuse(400, 'There was an error parsing the body');
    });
  } else if (type.startsWith('application/x-www-form-urlencoded') && Buffer.isBuffer(request.body)) {
    for (const [name, value] of new URLSearchParams(request.body.toString('utf8'))) fields.set(name, value);
  }
  const expect = (name: string): FormFile[] => {
    const found = files.get(name);
    if (found === undefined) throw missing('body', name);
    return found;
  };
  return {
    field: (name) => fields.get(name) ?? null,
    optionalFile: (name) => files.get(name)?.at(-1) ?? null,
    file: (name) => expect(name).at(-1)!,
    files: expect,
    json: (name) => z.record(z.string(), z.unknown()).parse(JSON.parse(fields.get(name) ?? '{}')),
  };
}

async function readParts(
  request: FastifyRequest,
  fields: Map<string, string>,
  files: Map<string, FormFile[]>,
): Promise<void> {
  for await (const part of request.parts()) {
    if (part.type !== 'file') fields.set(part.fieldname, String(part.value));
    else {
      const name = basename(part.filename);
      const file = { name, stem: name.replace(/\..*$/s, ''), ext: keptExtension(name), bytes: await part.toBuffer() };
      files.set(part.fieldname, [...(files.get(part.fieldname) ?? []), file]);
    }
  }
}
