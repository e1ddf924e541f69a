import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { unprocessable } from './http-answer.ts';

const jsonObject = z.record(z.string(), z.unknown());

/** The JSON object in a request's body; null without a body. Anything else is answered with 422. */
export function readJsonObject(request: FastifyRequest): Record<string, unknown> | null {
  const text = Buffer.isBuffer(request.body) ? request.body.toString('utf8') : '';
  if (text === '') return null;
  const value = parseJson(text);
  const parsed = jsonObject.safeParse(value);
  if (parsed.success) return parsed.data;
  throw unprocessable({ type: 'dict_type', loc: ['body'], msg: 'Input should be a valid dictionary', input: value });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    const error = text.trimStart().startsWith('{')
      ? 'Expecting property name enclosed in double quotes'
      : 'Expecting value';
    const at = text.indexOf('{') + 1;
    throw unprocessable({
      type: 'json_invalid',
      loc: ['body', at],
      msg: 'JSON decode error',
      input: {},
      ctx: { error },
    });
  }
}
