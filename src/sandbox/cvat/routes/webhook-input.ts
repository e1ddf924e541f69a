import { refuseFields } from '../answers/refusal.ts';
import type { CvatState } from '../state/cvat-state.ts';
import type { Webhook, WebhookType } from '../state/webhook-entities.ts';
import { eventNames } from '../webhooks/event-names.ts';
import { asText, type Fields } from './body.ts';
import { textField } from './fields.ts';

const MAX_URL = 8192;
const MAX_DESCRIPTION = 128;
const MAX_SECRET = 64;

/** What a body may set, each undefined if it does not name it. */
export interface WebhookInput {
  readonly targetUrl: string | undefined;
  readonly description: string | undefined;
  readonly secret: string | undefined;
  readonly isActive: boolean | undefined;
  readonly enableSsl: boolean | undefined;
  readonly events: readonly string[] | undefined;
}

/** @throws Refusal 400 for a target that is no address, an unknown event, or one that this type cannot have */
export function webhookInput(state: CvatState, body: Fields, type: WebhookType): WebhookInput {
  const targetUrl = textField(body, 'target_url', { max: MAX_URL });
  if (targetUrl !== undefined && !isAddress(targetUrl)) throw refuseFields({ target_url: ['Enter a valid URL.'] });
  const contentType = body['content_type'];
  if (contentType !== undefined && contentType !== 'application/json') {
    throw refuseFields({ content_type: [`"${asText(contentType)}" is not a valid choice.`] });
  }
  return {
    targetUrl,
    description: textField(body, 'description', { max: MAX_DESCRIPTION, blank: true }),
    secret: textField(body, 'secret', { max: MAX_SECRET, blank: true }),
    isActive: flag(body, 'is_active'),
    enableSsl: flag(body, 'enable_ssl'),
    events: events(state, body, type),
  };
}

/** @throws Refusal 400 for the first event that does not exist, or a list that does not suit the type */
function events(state: CvatState, body: Fields, type: WebhookType): readonly string[] | undefined {
  const asked = body['events'];
  if (asked === undefined) return undefined;
  if (!Array.isArray(asked))
    throw refuseFields({ events: [`Expected a list of items but got type "${typeof asked}".`] });
  const names = asked.map(asText);
  const known = eventNames(state.version, 'all');
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined) throw refuseFields({ events: [`"${unknown}" is not a valid choice.`] });
  const fitting = eventNames(state.version, type);
  if (names.length === 0 || names.some((name) => !fitting.includes(name))) {
    throw refuseFields({ non_field_errors: [`Invalid events list for ${type} webhook`] });
  }
  return [...new Set(names)].toSorted();
}

/** Gives a webhook what a body sets. */
export function applyInput(webhook: Webhook, input: WebhookInput): void {
  webhook.targetUrl = input.targetUrl ?? webhook.targetUrl;
  webhook.description = input.description ?? webhook.description;
  webhook.secret = input.secret ?? webhook.secret;
  webhook.isActive = input.isActive ?? webhook.isActive;
  webhook.enableSsl = input.enableSsl ?? webhook.enableSsl;
  webhook.events = input.events ?? webhook.events;
}

function isAddress(text: string): boolean {
  return /^https?:\/\/[^\s/]/i.test(text) && URL.canParse(text);
}

function flag(body: Fields, name: string): boolean | undefined {
  const value = body[name];
  if (value === undefined || typeof value === 'boolean') return value;
  throw refuseFields({ [name]: ['Must be a valid boolean.'] });
}
