import { isRefusal, ownRefusal } from '../requests/refusal.ts';
import type { ShownProgress } from './progress-words.ts';

/** Brings files to the server, and says where they are. What the server has is not sent. */
export type SendFiles = (options: {
  readonly signal: AbortSignal;
  readonly onProgress: (progress: ShownProgress) => void;
}) => Promise<{ readonly uri: string }>;

/** Files that a request names. */
export interface NamedFiles {
  /** `masks`. */
  readonly what: string;
  readonly uri: string;
}

/** What this page has sent, so that it can be sent again: whoever is limited to connections may name what the server has from him since it began. */
export interface SentFiles {
  /** Notes how the files at an address came there. */
  readonly remember: (uri: string, send: SendFiles) => void;
  /**
   * Does what names files. Where the server lacks some of them, all that this page has sent are sent again, and it is done once more.
   *
   * @throws Refusal `FilesToChooseAgain` where files are lacking that this page cannot send; what the work and the sending throw
   */
  readonly withFiles: <T>(named: readonly NamedFiles[], work: () => Promise<T>) => Promise<T>;
  /** Ends what is being sent. */
  readonly stop: () => void;
}

/** @param onSending told what is sent again and how far it is; null once that is over */
export function sentFiles(onSending: (words: string | null) => void): SentFiles {
  const known = new Map<string, SendFiles>();
  let running = new AbortController();

  async function sendAgain({ what, uri }: NamedFiles): Promise<boolean> {
    const send = known.get(uri);
    if (send === undefined) return false;
    onSending(`Sending the ${what} again …`);
    const onProgress = ({ words }: ShownProgress): void => onSending(`Sending the ${what} again: ${words} …`);
    try {
      return (await send({ signal: running.signal, onProgress })).uri === uri;
    } catch (error) {
      // Browsers do not read a file any more that has changed since it was chosen.
      if (isRefusal(error) || running.signal.aborted) throw error;
      return false;
    }
  }

  async function sendAll(named: readonly NamedFiles[]): Promise<readonly NamedFiles[]> {
    const unsent: NamedFiles[] = [];
    try {
      for (const files of named) if (!(await sendAgain(files))) unsent.push(files);
    } finally {
      onSending(null);
    }
    return unsent;
  }

  return {
    remember: (uri, send) => void known.set(uri, send),
    withFiles: async (named, work) => {
      try {
        return await work();
      } catch (error) {
        if (!isUnknownFile(error)) throw error;
      }
      const unsent = await sendAll(named.filter(({ uri }) => uri.startsWith('store:')));
      try {
        return await work();
      } catch (error) {
        if (!isUnknownFile(error) || unsent.length === 0) throw error;
        throw toChooseAgain(unsent);
      }
    },
    stop: () => {
      running.abort();
      running = new AbortController();
    },
  };
}

/** What is not in the store, and what a server that has begun anew does not know to be the reader's. */
function isUnknownFile(error: unknown): boolean {
  return isRefusal(error, 'ArtifactMissing') || isRefusal(error, 'FileUnknown');
}

function toChooseAgain(unsent: readonly NamedFiles[]): Error {
  const names = unsent.map(({ what }) => what).join(', ');
  const detail = `This page cannot send them again by itself: ${names}.`;
  return ownRefusal('FilesToChooseAgain', 0, detail, 'repeatable');
}
