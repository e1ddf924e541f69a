import { createHmac } from 'node:crypto';
import type { Message, Send } from '../message.ts';
import { refused } from '../outcome.ts';
import { post } from '../post.ts';

interface Target {
  readonly url: string;
  /** Read anew for each message; null for messages without a signature. */
  readonly readSecret: (() => string) | null;
}

function bodyOf({ key, kind, whom, to, subject, text, values, createdAt }: Message): string {
  return JSON.stringify({ id: key, at: createdAt, kind, whom, addresses: to, subject, text, values });
}

/**
 * Posts to a program of the team. Id and time are in headers and in the body; `X-Signature-256` is `sha256=` and the
 * hexadecimal HMAC-SHA256 of the body's bytes, as CVAT signs its own messages.
 */
export function webhookSender({ url, readSecret }: Target): Send {
  return async (message, signal) => {
    const body = bodyOf(message);
    let signature: Record<string, string> = {};
    try {
      const secret = readSecret?.();
      if (secret !== undefined) {
        signature = { 'X-Signature-256': `sha256=${createHmac('sha256', secret).update(body).digest('hex')}` };
      }
    } catch {
      return refused('the file of MASKLOOP_NOTICE_SECRET_FILE cannot be read');
    }
    const headers = {
      'Content-Type': 'application/json',
      'X-Maskloop-Id': message.key,
      'X-Maskloop-Time': message.createdAt,
      ...signature,
    };
    return post({ url, headers, body, signal });
  };
}
