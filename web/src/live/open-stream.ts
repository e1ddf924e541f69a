import { API_PREFIX } from '../../../src/api/endpoint.ts';
import { readEvents } from '../../../src/api/endpoints/events.ts';
import { readSession } from '../../../src/api/endpoints/session.ts';
import { ask } from '../requests/ask.ts';
import { isRefusal } from '../requests/refusal.ts';
import { readEvent, type NewsEvent } from './read-event.ts';

/** Time between two looks whether the server is back, in milliseconds. */
const RETRY_MS = 2000;

export interface StreamListener {
  /** The stream is open; what was read before may be out of date. */
  onOpen(): void;
  onNews(event: NewsEvent): void;
  /** The server does not answer. Said again at each try. */
  onAway(): void;
  /** The login has ended; the stream is not opened again. */
  onLoginNeeded(): void;
}

/**
 * Opens the one stream of events of this page and opens it again whenever it ends: after an hour, when the server restarts, when the
 * network is back. What was missed meanwhile is not asked for: whoever hears of an opened stream reads all that is shown anew.
 *
 * @returns closes it
 */
export function openStream(listener: StreamListener): () => void {
  let source: EventSource | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isClosed = false;

  function connect(): void {
    if (isClosed) return;
    source = new EventSource(API_PREFIX + readEvents.path);
    source.addEventListener('open', () => listener.onOpen());
    source.addEventListener('error', () => void lost());
    for (const kind of ['iteration', 'temporal', 'reset'] as const) {
      source.addEventListener(kind, (message: MessageEvent<string>) => {
        const event = readEvent(kind, message.data);
        if (event !== null) listener.onNews(event);
      });
    }
  }

  /** A stream tells nothing of why it ended, so the server is asked. */
  async function lost(): Promise<void> {
    source?.close();
    try {
      await ask(readSession);
      timer = setTimeout(connect, RETRY_MS / 4);
    } catch (error) {
      if (isClosed) return;
      if (isRefusal(error, 'LoginNeeded')) {
        listener.onLoginNeeded();
        return;
      }
      listener.onAway();
      timer = setTimeout(() => void lost(), RETRY_MS);
    }
  }

  connect();
  return () => {
    isClosed = true;
    clearTimeout(timer);
    source?.close();
  };
}
