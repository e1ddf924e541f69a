import type { Trouble } from '../../contracts/iteration.ts';
import type { Notice } from '../notice.ts';
import { momentText, spanText } from '../text/words.ts';
import type { Episode, Server } from './episodes.ts';

/** `CVAT`, or `CVAT of the connection north`. */
function serverText({ connection, name }: Server): string {
  return connection === 'default' ? name : `${name} of the connection ${connection}`;
}

function episodeOf({ connection, name }: Server, { number }: Episode): string {
  return `${connection} ${name} ${number}`;
}

/** A server is away: one notice for all iterations that wait for it. */
export function awayNotice(server: Server, episode: Episode, trouble: Trouble, leads: readonly string[]): Notice {
  return {
    kind: 'server-away',
    whom: leads,
    episode: episodeOf(server, episode),
    whenClosed: 'send',
    values: (timeZone) => ({
      who: leads.join(', '),
      server: serverText(server),
      since: momentText(episode.since, timeZone),
      code: trouble.code,
      trouble: trouble.message,
      command: 'maskloop doctor',
    }),
  };
}

/** It answers again. */
export function backNotice(server: Server, episode: Episode, leads: readonly string[]): Notice {
  const { since, until } = episode;
  const end = until ?? since;
  return {
    kind: 'server-back',
    whom: leads,
    episode: episodeOf(server, episode),
    whenClosed: 'send',
    values: (timeZone) => ({
      who: leads.join(', '),
      server: serverText(server),
      since: momentText(since, timeZone),
      until: momentText(end, timeZone),
      lasted: spanText(Math.max(0, Date.parse(end) - Date.parse(since))),
    }),
  };
}
