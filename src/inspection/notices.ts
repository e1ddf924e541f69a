import { problemOf, warning } from '../checks/finding.ts';
import type { ClientConfig } from '../config.ts';
import { countOf } from '../contracts/count-of.ts';
import { listTroubled } from '../notify/outbox/list-messages.ts';
import { openStore } from '../storage/open-store.ts';
import type { Group } from './group.ts';

/** Messages to people of which a person should know; nothing where all is well. */
export async function inspectNotices({ store }: Pick<ClientConfig, 'store'>): Promise<readonly Group[]> {
  try {
    const rows = await listTroubled(openStore(store));
    if (rows.length === 0) return [];
    const unknown = rows.filter(({ state }) => state === 'unknown').length;
    const parts = [
      ...(unknown === 0 ? [] : [`${countOf(unknown, 'message')} to people perhaps did not arrive`]),
      ...(unknown === rows.length ? [] : [`${countOf(rows.length - unknown, 'message')} could not be sent`]),
    ];
    const action =
      'The page Overview shows leads which, until they mark them as seen; on the command line: `maskloop notices --unknown`, and `--seen`.';
    return [{ title: 'Notices', findings: [warning(parts.join(', '), action)] }];
  } catch (error) {
    return [{ title: 'Notices', findings: [problemOf(error)] }];
  }
}
