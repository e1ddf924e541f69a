import { Readable } from 'node:stream';
import { createTransport } from 'nodemailer';
import MailComposer from 'nodemailer/lib/mail-composer';
import type { Message, Send } from '../message.ts';
import { refused, unknown, type Outcome } from '../outcome.ts';
import { SEND_TIMEOUT_MS } from '../post.ts';
import { headerText, htmlText } from './mail-text.ts';

interface Server {
  /** `smtp://` or `smtps://` with name and password where they are needed: a secret, read anew for each message. */
  readonly readUrl: () => string;
  /** Address of the sender. */
  readonly from: string;
}

/** The letter as bytes; the same message always makes the same id, so that a copy can be told from another letter. */
async function letter(message: Message, from: string, to: string): Promise<Buffer> {
  const { key, subject, text, createdAt } = message;
  const mail = new MailComposer({
    from,
    to,
    subject: headerText(subject),
    text,
    html: htmlText(text),
    date: new Date(createdAt),
    messageId: `<${key}@maskloop>`,
    headers: { 'X-Maskloop-Id': key, 'Auto-Submitted': 'auto-generated' },
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return mail.compile().build();
}

/** Bytes that remember whether anybody has begun to read them. */
function watched(bytes: Buffer): { readonly stream: Readable; readonly isRead: () => boolean } {
  let isRead = false;
  const stream = new Readable({
    read() {
      isRead = true;
      this.push(bytes);
      this.push(null);
    },
  });
  return { stream, isRead: () => isRead };
}

interface SmtpProblem {
  readonly code: string;
  /** The server's answer; null where there was none. */
  readonly answer: number | null;
}

function problemOf(error: unknown): SmtpProblem {
  const found: { readonly code?: unknown; readonly responseCode?: unknown } =
    typeof error === 'object' && error !== null ? error : {};
  return {
    code: typeof found.code === 'string' ? found.code : 'no answer',
    answer: typeof found.responseCode === 'number' ? found.responseCode : null,
  };
}

/** Answers of the server after which it does not have the letter: to the login, to sender and recipient, to the letter. */
const DEFINITE = ['EAUTH', 'EENVELOPE', 'EMESSAGE'];

/** Once the letter itself may be on its way, only such an answer tells that it was not taken. */
function outcomeOf(error: unknown, isUnderWay: boolean): Outcome {
  const { code, answer } = problemOf(error);
  if (isUnderWay && !(DEFINITE.includes(code) && answer !== null && answer >= 400)) {
    return unknown(`the connection broke before the mail server confirmed the letter (${code})`);
  }
  if (answer !== null) return refused(`the mail server answered ${answer} (${code})`);
  return refused(`the letter was not handed to the mail server (${code})`);
}

/** Sends letters by SMTP, each to one address on a connection of its own. */
export function emailSender({ readUrl, from }: Server): Send {
  return async (message, signal) => {
    const [to] = message.to.emails;
    if (to === undefined) return refused('nobody of those whom it is for has an address');
    if (signal.aborted) return refused('it was interrupted before it was sent');
    let url: string;
    try {
      url = readUrl();
    } catch {
      return refused('the file of MASKLOOP_SMTP_URL_FILE cannot be read');
    }
    const { stream, isRead } = watched(await letter(message, from, to));
    const patience = { connectionTimeout: SEND_TIMEOUT_MS, greetingTimeout: SEND_TIMEOUT_MS };
    const transport = createTransport({
      url,
      ...patience,
      socketTimeout: SEND_TIMEOUT_MS,
      dnsTimeout: SEND_TIMEOUT_MS,
    });
    const end = AbortSignal.any([signal, AbortSignal.timeout(2 * SEND_TIMEOUT_MS)]);
    const interrupted = new Promise<Outcome>((resolve) => {
      const stop = (): void => {
        resolve(isRead() ? unknown('it was interrupted') : refused('it was interrupted before it was sent'));
        // Whoever would read it later finds nothing to send.
        stream.destroy(new Error('interrupted'));
      };
      end.addEventListener('abort', stop, { once: true });
    });
    const sent = transport.sendMail({ envelope: { from, to: [to] }, raw: stream }).then(
      (): Outcome => ({ kind: 'acknowledged' }),
      (error: unknown) => outcomeOf(error, isRead()),
    );
    return Promise.race([sent, interrupted]);
  };
}
