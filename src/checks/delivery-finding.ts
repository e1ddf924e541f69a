import type { Finding } from '../contracts/doctor.ts';
import type { WebhookDelivery } from '../cvat/webhook.ts';
import { fine, problem } from './finding.ts';

/** An answer is quoted up to this length, in characters. */
const QUOTED = 200;

/** How CVAT's proxy for outgoing messages, smokescreen, words a refusal: its rule, its status, or that of a tunnel through it. */
const REFUSED_BY_PROXY =
  /denied by rule|egress proxying is denied|tunnel connection failed: 407|request rejected by proxy/i;

const SMOKESCREEN =
  'Give the CVAT server and its webhook worker SMOKESCREEN_OPTS="--allow-address=<our address>" (or --allow-range=<network>/<bits>) and restart both.';

/** What a delivery to `address` says of the way from CVAT to our server. */
export function deliveryFinding({ status, event, response }: WebhookDelivery, address: string): Finding {
  const what = `${event} to ${address}`;
  if (status !== null && status >= 200 && status < 300)
    return fine(`CVAT reaches ${address}: ${event} was answered ${status}`);
  const said = response.trim() === '' ? '' : `: ${response.trim().slice(0, QUOTED)}`;
  if (status === 407 || REFUSED_BY_PROXY.test(response)) {
    return problem(`CVAT's own proxy (smokescreen) refuses ${what}${said}`, SMOKESCREEN);
  }
  const [message, action] = cause(status, what, said);
  return problem(message, action);
}

function cause(status: number | null, what: string, said: string): readonly [string, string] {
  if (status === 401) {
    return [
      `our server does not believe the signature of ${what}`,
      'Give `maskloop server` and this command the same CVAT_WEBHOOK_SECRET, then: maskloop doctor --fix',
    ];
  }
  if (status === 503) {
    return [
      `our server takes no messages now: ${what} was answered 503`,
      'Set CVAT_WEBHOOK_SECRET for `maskloop server`; if it is set, look at its log and at /readyz.',
    ];
  }
  if (status === 404) {
    return [`nobody takes ${what}`, 'Correct MASKLOOP_WEBHOOK_URL: it has to lead to `maskloop server`.'];
  }
  if (status === 504) {
    return [
      `CVAT waits in vain for an answer to ${what}${said}`,
      'Let the CVAT server reach the address; look at firewalls.',
    ];
  }
  if (status === 502) {
    return [
      `CVAT does not reach ${what}${said}`,
      `Check that \`maskloop server\` runs and that MASKLOOP_WEBHOOK_URL is right as seen from CVAT. If it is: CVAT sends through smokescreen, which refuses private addresses. ${SMOKESCREEN}`,
    ];
  }
  return [
    `${what} was answered ${status ?? 'nothing'}${said}`,
    'Check what answers there; it should be `maskloop server`.',
  ];
}
