import { expect } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { Answer } from './talk.ts';

const recordedSchema = z.array(
  z.object({
    case: z.string(),
    method: z.string(),
    path: z.string(),
    status: z.number(),
    headers: z.record(z.string(), z.string()),
    json: z.unknown().optional(),
    text: z.string().optional(),
  }),
);
type Recorded = z.infer<typeof recordedSchema>[number];

const file = new URL('../../../fixtures/cvat-2.73.0.json', import.meta.url);
const RECORDED = recordedSchema.parse(JSON.parse(readFileSync(file, 'utf8')));

/**
 * Expects an answer to be what the real server gave in a recorded case: the same status, media type and, for a refusal,
 * the very same body; for a success a body of the same shape.
 */
export function expectAsRecorded(
  answer: Answer,
  name: string,
  method: string,
  which?: (one: Recorded) => boolean,
): void {
  const recorded = RECORDED.find(
    (one) => one.case === name && one.method === method && (which === undefined || which(one)),
  );
  if (recorded === undefined) throw new Error(`nothing recorded for ${method} in ${name}`);
  const type = recorded.headers['content-type'] ?? null;
  expect({ status: answer.status, type: answer.headers.get('content-type') }).toEqual({
    status: recorded.status,
    type,
  });
  if (recorded.status >= 400 && method !== 'HEAD') {
    if (recorded.json !== undefined) expect(answer.json).toEqual(recorded.json);
    else if (recorded.text !== undefined) expect(answer.text.trim()).toBe(recorded.text.trim());
  } else if (recorded.json !== undefined) {
    expect(shapeOf(answer.json)).toEqual(shapeOf(recorded.json));
  }
}

/** Field names all the way down; of a list, those of its first element. */
function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.length === 0 ? [] : [shapeOf(value[0])];
  if (typeof value !== 'object' || value === null) return 'value';
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, shapeOf(part)]));
}
