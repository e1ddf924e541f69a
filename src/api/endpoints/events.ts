import { z } from 'zod';
import { define, noBody, nothing } from '../define.ts';

export const readEvents = define({
  id: 'readEvents',
  method: 'GET',
  path: '/events',
  tag: 'iterations',
  summary: 'Changes of iterations as server-sent events; goes on after the event that Last-Event-ID names',
  role: 'viewer',
  reach: 'filtered',
  changes: false,
  params: nothing,
  query: nothing,
  body: noBody,
  produces: 'text/event-stream',
  answer: z.void(),
});
