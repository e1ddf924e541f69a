import { problemOf, warning } from '../checks/finding.ts';
import type { ClientConfig } from '../config.ts';
import type { Finding } from '../contracts/doctor.ts';
import { listHolds } from '../holds/holds.ts';
import { onHold } from '../holds/hold-gate.ts';
import { openStore } from '../storage/open-store.ts';
import type { Group } from './group.ts';

/** Servers that are held for maintenance; nothing where none is. */
export async function inspectHolds(
  { store }: Pick<ClientConfig, 'store'>,
  { connections }: { readonly connections: readonly string[] | null },
): Promise<readonly Group[]> {
  try {
    const now = Date.now();
    const holds = (await listHolds(openStore(store), now)).filter(
      (hold) => connections === null || connections.includes(hold.connection),
    );
    const findings = holds.map((hold): Finding => {
      const { code, message } = onHold(hold, now);
      const action = 'It ends by itself; an operator can end it sooner, on the page System or with `maskloop unhold`.';
      return { ...warning(message, action), code };
    });
    const shownTo = holds.map(({ connection }) => connection);
    return findings.length === 0 ? [] : [{ title: 'Held servers', findings, shownTo }];
  } catch (error) {
    return [{ title: 'Held servers', findings: [problemOf(error)] }];
  }
}
