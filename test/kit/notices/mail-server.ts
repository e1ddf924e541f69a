import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerOptions, type SMTPServerSession } from 'smtp-server';

export interface Letter {
  readonly from: string;
  readonly to: readonly string[];
  readonly source: string;
}

export interface MailServer {
  /** `smtp://127.0.0.1:…` without a login. */
  readonly url: string;
  readonly port: number;
  readonly letters: readonly Letter[];
  close(): Promise<void>;
}

/** What becomes of a letter that has arrived: taken where nothing is thrown and the promise comes back. */
type Take = (letter: Letter, session: SMTPServerSession) => Promise<void> | void;

/** A mail server on loopback. */
export async function startMailServer(
  take: Take = () => undefined,
  options: SMTPServerOptions = {},
): Promise<MailServer> {
  const letters: Letter[] = [];
  async function answer(letter: Letter, session: SMTPServerSession, callback: (error?: Error) => void): Promise<void> {
    try {
      await take(letter, session);
      callback();
    } catch (error) {
      callback(error as Error);
    }
  }
  const server = new SMTPServer({
    disabledCommands: ['STARTTLS', 'AUTH'],
    ...options,
    onData(stream: SMTPServerDataStream, session, callback) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const { mailFrom, rcptTo } = session.envelope;
        const from = mailFrom === false ? '' : mailFrom.address;
        const letter = {
          from,
          to: rcptTo.map(({ address }) => address),
          source: Buffer.concat(chunks).toString('utf8'),
        };
        letters.push(letter);
        void answer(letter, session, callback);
      });
    },
  });
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const { port } = server.server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${port}`,
    port,
    letters,
    close: async () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}
