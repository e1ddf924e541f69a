import { z } from 'zod';
import { define, readsMany } from '../define.ts';

export const readEvents = define({
  ...readsMany,
  id: 'readEvents',
  path: '/events',
  tag: 'iterations',
  summary: 'Changes of iterations as server-sent events; goes on after the event that Last-Event-ID names',
  role: 'viewer',
  produces: 'text/event-stream',
  answer: z.void(),
});
