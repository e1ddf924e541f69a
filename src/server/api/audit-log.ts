import { randomBytes } from 'node:crypto';
import { auditEntry, type AuditEntry } from '../../api/endpoints/audit.ts';
import type { ArtifactStore } from '../../storage/store.ts';
import type { ServerLog } from '../log.ts';
import { auditLines } from './audit-lines.ts';

const FOLDER = 'audit/';

/** Where changes are written down. */
export interface AuditLog {
  /** Comes back when it is written; a store that is away keeps nobody from working, and the log has it. */
  write(entry: AuditEntry): Promise<void>;
  /** Changes of a day (`2026-03-01`, UTC) that `isWanted` takes, the last first. @throws what the store throws */
  read(day: string, limit: number, isWanted: (entry: AuditEntry) => boolean): Promise<readonly AuditEntry[]>;
}

/** One document a change, `audit/2026-03-01/10-00-00.000-ab12…`, so that any number of servers may write at once. */
export function createAuditLog(
  store: Pick<ArtifactStore, 'createNamed' | 'getNamed' | 'listNamed'>,
  log: ServerLog,
): AuditLog {
  return {
    write: async (entry) => {
      const lines = auditLines(entry);
      for (const [index, line] of lines.entries()) log.info(index === 0 ? 'change' : 'change, continued', line);
      const [day = '', time = ''] = entry.at.split('T');
      const name = `${FOLDER}${day}/${time.replace('Z', '').replaceAll(':', '-')}-${randomBytes(6).toString('hex')}`;
      try {
        await store.createNamed(name, Buffer.from(JSON.stringify(entry)));
      } catch {
        for (const line of lines) log.warn('a change could not be written down in the store', line);
      }
    },
    read: async (day, limit, isWanted) => {
      const found: AuditEntry[] = [];
      const names = await store.listNamed(`${FOLDER}${day}/`);
      for (const name of names.toReversed()) {
        if (found.length >= limit) break;
        const entry = parse(await store.getNamed(name));
        if (entry !== null && isWanted(entry)) found.push(entry);
      }
      return found;
    },
  };
}

function parse(bytes: Uint8Array | null): AuditEntry | null {
  if (bytes === null) return null;
  try {
    return auditEntry.safeParse(JSON.parse(Buffer.from(bytes).toString('utf8'))).data ?? null;
  } catch {
    return null;
  }
}
