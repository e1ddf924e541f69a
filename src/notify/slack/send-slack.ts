import type { Send } from '../message.ts';
import { refused } from '../outcome.ts';
import { post } from '../post.ts';
import { slackText } from './slack-text.ts';

/** Posts to an incoming webhook of Slack. @param readUrl its address, a secret that is read anew for each message */
export function slackSender(readUrl: () => string): Send {
  return async (message, signal) => {
    let url: string;
    try {
      url = readUrl();
    } catch {
      return refused('the file of MASKLOOP_SLACK_WEBHOOK_FILE cannot be read');
    }
    if (!URL.canParse(url)) return refused('MASKLOOP_SLACK_WEBHOOK is not an address');
    // Without formatting, a name is what it is: `*`, `_` and `~` of task names stay.
    const body = JSON.stringify({ text: slackText(message), mrkdwn: false, unfurl_links: false });
    return post({ url, headers: { 'Content-Type': 'application/json' }, body, signal });
  };
}
