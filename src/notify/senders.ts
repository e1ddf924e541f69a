import { emailSender } from './email/send-email.ts';
import type { Send, Senders } from './message.ts';
import { refused } from './outcome.ts';
import { slackSender } from './slack/send-slack.ts';
import { webhookSender } from './webhook/send-webhook.ts';

/** How to send, as a worker is configured; null for a channel that it does not have. Secrets are read anew for each message. */
export interface SenderSettings {
  readonly slack: { read(): string } | null;
  readonly email: { readonly url: { read(): string }; readonly from: string } | null;
  readonly webhook: { readonly url: string; readonly secret: { read(): string } | null } | null;
}

function notConfigured(setting: string): Send {
  return async () => refused(`the worker has no ${setting}`);
}

/** Senders for the channels; one that is not configured refuses, so that a person sees what is missing. */
export function createSenders({ slack, email, webhook }: SenderSettings): Senders {
  return {
    slack: slack === null ? notConfigured('MASKLOOP_SLACK_WEBHOOK') : slackSender(() => slack.read()),
    email:
      email === null
        ? notConfigured('MASKLOOP_SMTP_URL')
        : emailSender({ readUrl: () => email.url.read(), from: email.from }),
    webhook:
      webhook === null
        ? notConfigured('MASKLOOP_NOTICE_URL')
        : webhookSender({ url: webhook.url, readSecret: secretReader(webhook.secret) }),
  };
}

function secretReader(secret: { read(): string } | null): (() => string) | null {
  return secret === null ? null : () => secret.read();
}
