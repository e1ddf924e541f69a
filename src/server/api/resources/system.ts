import type { z } from 'zod';
import * as api from '../../../api/endpoints/system.ts';
import { requireConnection, sees, type Principal } from '../../access/principal.ts';
import type { ApiParts, FindingGroup } from '../api-parts.ts';
import type { Serve } from '../serve.ts';

/** Workers, and a look at everything that iterations need. */
export function serveSystem(serve: Serve, { operations, inspect }: ApiParts): void {
  serve(api.readWorkers, async () => operations.pollers());
  serve(api.inspectSystem, async ({ query: { connection, project }, who }) => {
    if (connection !== undefined) requireConnection(who, connection);
    const connections = connection === undefined ? who.connections : [connection];
    const groups = await inspect({ connections, project: project ?? null, fix: false });
    return { groups: groups.filter((group) => isShown(group, who)).map(shown) };
  });
  serve(api.mendSystem, async ({ body: { connection, project } }) => {
    const connections = connection === null ? null : [connection];
    return { groups: (await inspect({ connections, project, fix: true })).map(shown) };
  });
}

function isShown({ shownTo }: FindingGroup, who: Principal): boolean {
  if (who.connections === null || shownTo === 'everybody') return true;
  return shownTo !== undefined && shownTo.every((connection) => sees(who, connection));
}

function shown({ title, findings, shownTo }: FindingGroup): z.output<typeof api.findingGroup> {
  const isOfSome = shownTo !== undefined && shownTo !== 'everybody';
  return { title, findings, ...(isOfSome ? { connections: shownTo } : {}) };
}
