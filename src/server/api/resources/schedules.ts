import * as api from '../../../api/endpoints/schedules.ts';
import { sees } from '../../access/principal.ts';
import type { ApiParts } from '../api-parts.ts';
import type { Serve } from '../serve.ts';

interface Place {
  readonly connection: string;
  readonly project: string;
  readonly loop: string;
}

const placeOf = ({ connection, project, loop }: Place) => ({ connection, project, name: loop });

/** Schedules of loops. */
export function serveSchedules(serve: Serve, { operations }: ApiParts): void {
  const { schedules } = operations;
  serve(api.listSchedules, async ({ who }) => {
    const all = await schedules.list();
    return { schedules: all.filter(({ terms }) => sees(who, terms.loop.connection)) };
  });
  serve(api.describeSchedule, async ({ params }) => schedules.describe(placeOf(params)));
  serve(api.createSchedule, async ({ body, by }) => schedules.create({ ...body, by }));
  serve(api.steerSchedule, async ({ params, body }) => schedules.steer(placeOf(params), body));
}
