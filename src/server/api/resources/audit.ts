import * as api from '../../../api/endpoints/audit.ts';
import { sees } from '../../access/principal.ts';
import type { AuditLog } from '../audit-log.ts';
import type { Serve } from '../serve.ts';

const ENTRIES = 100;

/** Who changed what. A caller who does not see all connections is told of changes to his own, and of all that he has changed himself. */
export function serveAudit(serve: Serve, audit: AuditLog): void {
  serve(api.readAudit, async ({ query, who, by }) => {
    const { day = new Date().toISOString().slice(0, 10), limit = ENTRIES } = query;
    const entries = await audit.read(day, limit, ({ connection, who: whose }) => {
      return who.connections === null || whose === by || (connection !== null && sees(who, connection));
    });
    return { entries: [...entries] };
  });
}
