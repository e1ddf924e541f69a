import { z } from 'zod';
import { HELD_SERVERS, type Hold } from '../../contracts/hold.ts';
import { define, noBody, nothing } from '../define.ts';

const place = { connection: z.string().min(1).max(500), server: z.enum(HELD_SERVERS) };

const hold: z.ZodType<Hold> = z.object({
  schema: z.literal('maskloop.hold/1'),
  connection: z.string(),
  server: z.enum(HELD_SERVERS),
  until: z.string(),
  note: z.string(),
  by: z.string(),
  at: z.string(),
});

const ofOperator = {
  method: 'POST',
  tag: 'system',
  role: 'operator',
  reach: 'one',
  connectionOf: ({ body }: { readonly body: { readonly connection: string } }): string => body.connection,
  changes: true,
  params: nothing,
  query: nothing,
} as const;

export const listHolds = define({
  id: 'listHolds',
  method: 'GET',
  path: '/holds',
  tag: 'system',
  summary: 'Servers that are held for maintenance now',
  role: 'viewer',
  reach: 'filtered',
  changes: false,
  params: nothing,
  query: nothing,
  body: noBody,
  answer: z.object({ holds: z.array(hold).readonly() }),
});

export const holdServer = define({
  ...ofOperator,
  id: 'holdServer',
  path: '/holds',
  summary: 'Holds a server for maintenance: nothing asks it until then, and iterations wait without complaint',
  body: z.strictObject({ ...place, until: z.iso.datetime(), note: z.string().max(2000) }),
  answer: null,
});

export const unholdServer = define({
  ...ofOperator,
  id: 'unholdServer',
  path: '/holds/end',
  summary: 'Ends a hold before its time; what waits for it goes on',
  body: z.strictObject(place),
  answer: z.object({ wasHeld: z.boolean() }),
});
