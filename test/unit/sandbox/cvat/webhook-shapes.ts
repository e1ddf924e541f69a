import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { at } from './json-at.ts';

const shapeSchema = z.object({
  version: z.string(),
  event: z.string(),
  cause: z.enum(['request', 'worker']),
  keys: z.array(z.string()),
  sender: z.array(z.string()),
  subject: z.array(z.string()),
});
const fileSchema = z.object({
  shapes: z.array(shapeSchema),
  samples: z.array(z.object({ version: z.string(), body: z.string(), signature: z.string() })),
  secrets: z.array(z.string()),
});

export type MessageShape = z.infer<typeof shapeSchema>;

const file = new URL('../../../fixtures/cvat-webhooks.json', import.meta.url);
/** What real servers sent to webhooks. */
export const RECORDED_MESSAGES = fileSchema.parse(JSON.parse(readFileSync(file, 'utf8')));

const COMMON = ['event', 'webhook_id', 'sender', 'before_update', 'changes'];

/** The names in a message, as the recordings have them. */
export function shapeOf(version: string, message: unknown): MessageShape {
  const keys = Object.keys(message as object);
  const subject = at(message, keys.find((key) => !COMMON.includes(key)) ?? '');
  const sender = Object.keys(Object(at(message, 'sender')) as object);
  return {
    version,
    event: String(at(message, 'event')),
    cause: sender.includes('email') ? 'worker' : 'request',
    keys,
    sender,
    subject: Object.keys(subject as object).toSorted(),
  };
}

/** All that was recorded of an event with the same cause. */
export function recordedShapes({ version, event, cause }: MessageShape): readonly MessageShape[] {
  return RECORDED_MESSAGES.shapes.filter(
    (one) => one.version === version && one.event === event && one.cause === cause,
  );
}
