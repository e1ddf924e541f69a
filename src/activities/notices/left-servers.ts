import { isMaskloopError } from '../../contracts/error.ts';
import type { PostOffice } from '../../notify/post-office.ts';
import { serversAway, type Server } from '../../notify/servers/episodes.ts';
import { tellBack } from '../../notify/servers/tell-back.ts';
import type { ActivityDependencies } from '../dependencies.ts';

/** Longer than any iteration waits between two tries: whoever waits for a server has told by then that it answers. */
const LEFT_MS = 20 * 60_000;

interface Watched extends Pick<ActivityDependencies, 'connect' | 'store'> {
  readonly office: PostOffice;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** True if the server does what needs its database. */
async function answers(
  connect: ActivityDependencies['connect'],
  { connection, name }: Server,
  signal: AbortSignal,
): Promise<boolean> {
  try {
    const { cvat, monai } = connect(connection);
    if (name === 'CVAT') await cvat.whoAmI(signal);
    else if (name === 'MONAI Label' && monai !== null) await monai.info(signal);
    else return false;
    return true;
  } catch (error) {
    if (isMaskloopError(error)) return false;
    throw error;
  }
}

/**
 * Looks at the servers that were told to be away and that perhaps no iteration waits for any more, since it was paused or cancelled:
 * one that has answered for twenty minutes is told to be back.
 */
export function createLeftServers({ connect, store, office, now }: Watched): (signal: AbortSignal) => Promise<void> {
  const answeringSince = new Map<string, number>();
  return async (signal) => {
    for (const server of await serversAway(store)) {
      const key = `${server.connection} ${server.name} ${server.since}`;
      if (!(await answers(connect, server, signal))) {
        answeringSince.delete(key);
        continue;
      }
      const sinceMs = answeringSince.get(key) ?? now();
      answeringSince.set(key, sinceMs);
      if (now() - sinceMs < LEFT_MS) continue;
      answeringSince.delete(key);
      await tellBack({ store, office }, server, { at: new Date(sinceMs).toISOString(), signal });
    }
  };
}
