import * as api from '../../../api/endpoints/system.ts';
import type { ApiParts } from '../api-parts.ts';
import type { Serve } from '../serve.ts';

/** Workers, and a look at everything that iterations need. */
export function serveSystem(serve: Serve, { operations, inspect }: ApiParts): void {
  serve(api.readWorkers, async () => operations.pollers());
  serve(api.inspectSystem, async ({ query }) => ({
    groups: await inspect({ connection: query.connection ?? null, project: query.project ?? null, fix: false }),
  }));
  serve(api.mendSystem, async ({ body }) => ({ groups: await inspect({ ...body, fix: true }) }));
}
