import * as api from '../../../api/endpoints/steering.ts';
import { eachAtOnce } from '../../../storage/each-at-once.ts';
import { sees } from '../../access/principal.ts';
import type { ApiParts } from '../api-parts.ts';
import { failureOf } from '../problem-of.ts';
import type { Serve } from '../serve.ts';
import { listFilter } from './iterations.ts';

interface Result {
  id: string;
  done: boolean;
  code: string | null;
  message: string | null;
}

const STEERING = ['pause', 'resume', 'cancel', 'retry', 'skip', 'seal', 'wake'] as const;

/** What people decide about iterations. */
export function serveSteering(serve: Serve, { operations, index }: ApiParts): void {
  for (const what of STEERING) {
    serve(api.steering(what), async ({ params, by }) => operations.steer({ id: params.id, what, sender: { by } }));
  }
  serve(api.approve, async ({ params, body, by }) =>
    operations.approve({ id: params.id, sender: { by }, carry: body.carry }),
  );
  serve(api.decline, async ({ params, by }) => operations.decline({ id: params.id, sender: { by } }));
  serve(api.extend, async ({ params, body, by }) => operations.extend({ id: params.id, sender: { by }, ...body }));
  serve(api.reassign, async ({ params, body, by }) => operations.reassign({ id: params.id, sender: { by }, ...body }));
  serve(api.steerMany, async ({ body, by, who, signal }) => {
    const meant = await index.running(listFilter(body.filter), (connection) => sees(who, connection));
    const results: Result[] = meant.map(({ id }) => ({ id, done: true, code: null, message: null }));
    await eachAtOnce(results, signal, async (result) => {
      try {
        await operations.steer({ id: result.id, what: body.what, sender: { by } });
      } catch (error) {
        const { code, message } = failureOf(error);
        Object.assign(result, { done: false, code, message });
      }
    });
    return { results };
  });
}
