import { problemOf, warning } from '../checks/finding.ts';
import type { ClientConfig } from '../config.ts';
import { listHolds } from '../holds/holds.ts';
import { onHold } from '../holds/hold-gate.ts';
import { openStore } from '../storage/open-store.ts';
import type { Group } from './group.ts';

/** Servers that are held for maintenance; nothing where none is. */
export async function inspectHolds(
  { store }: Pick<ClientConfig, 'store'>,
  { connection }: { readonly connection: string | null },
): Promise<readonly Group[]> {
  try {
    const now = Date.now();
    const holds = (await listHolds(openStore(store), now)).filter(
      (hold) => connection === null || hold.connection === connection,
    );
    const findings = holds.map((hold) =>
      warning(onHold(hold, now).message, 'It ends by itself; `maskloop unhold` ends it sooner.'),
    );
    return findings.length === 0 ? [] : [{ title: 'Held servers', findings }];
  } catch (error) {
    return [{ title: 'Held servers', findings: [problemOf(error)] }];
  }
}
