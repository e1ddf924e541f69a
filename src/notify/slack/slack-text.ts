import type { Message } from '../message.ts';

/** Slack cuts longer texts; in characters. */
const MOST_TEXT = 3000;

/** Text in which Slack finds no link, mention or channel: its three special characters written as it asks for. */
export function escapeSlack(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** What Slack is sent: those whom it is for, mentioned where their id is known, else named; then the text as it is. */
export function slackText({ whom, to, text }: Message): string {
  const mentioned = to.slack.map((id) => `<@${id}>`);
  const named = to.slack.length >= whom.length ? [] : whom.map(escapeSlack);
  const before = [...mentioned, ...(mentioned.length === 0 ? named : [])].join(' ');
  const shown = text.length > MOST_TEXT ? `${text.slice(0, MOST_TEXT)}…` : text;
  return before === '' ? escapeSlack(shown) : `${before}: ${escapeSlack(shown)}`;
}
