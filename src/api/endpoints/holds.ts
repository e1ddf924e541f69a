import { z } from 'zod';
import { HELD_SERVERS } from '../../contracts/hold.ts';
import { holdSchema } from '../../holds/hold-schema.ts';
import { define, nothing, readsMany } from '../define.ts';

const place = { connection: z.string().min(1).max(500), server: z.enum(HELD_SERVERS) };

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
  ...readsMany,
  id: 'listHolds',
  path: '/holds',
  tag: 'system',
  summary: 'Servers that are held for maintenance now',
  role: 'viewer',
  answer: z.object({ holds: z.array(holdSchema).readonly() }),
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
