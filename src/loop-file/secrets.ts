/** What looks like a key of a secret, and where that belongs. The first that matches counts. */
const KEYS: readonly (readonly [RegExp, string])[] = [
  [/slack/, 'MASKLOOP_SLACK_WEBHOOK or MASKLOOP_SLACK_WEBHOOK_FILE'],
  [/smtp|mail/, 'MASKLOOP_SMTP_URL or MASKLOOP_SMTP_URL_FILE'],
  [
    /webhook|hookurl/,
    'MASKLOOP_SLACK_WEBHOOK for Slack, MASKLOOP_NOTICE_URL for other notices, CVAT_WEBHOOK_SECRET for CVAT',
  ],
  [
    /password|passwd|token|login|credential|username/,
    'CVAT_TOKEN, or CVAT_USERNAME and CVAT_PASSWORD, or the same names with _FILE',
  ],
  [/secret|apikey|privatekey/, 'the variable of that service, or the same name with _FILE'],
];

/** Addresses that are secrets by themselves, or hold one. */
const VALUES: readonly (readonly [RegExp, string])[] = [
  [/hooks\.slack\.com\/|slack\.com\/services\//i, 'MASKLOOP_SLACK_WEBHOOK or MASKLOOP_SLACK_WEBHOOK_FILE'],
  [/^smtps?:\/\//i, 'MASKLOOP_SMTP_URL or MASKLOOP_SMTP_URL_FILE'],
  [/^[a-z][a-z0-9+.-]*:\/\/[^/\s@]+@/i, 'the variable of that service, or the same name with _FILE'],
  [/\bxox[abprs]-[\w-]{8,}/, 'MASKLOOP_SLACK_WEBHOOK or MASKLOOP_SLACK_WEBHOOK_FILE'],
];

/** Why an unknown key does not belong into the file, if it looks like one of a secret; else null. */
export function secretKeyProblem(key: string): string | null {
  const folded = key.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
  const [, place] = KEYS.find(([pattern]) => pattern.test(folded)) ?? [];
  return place === undefined ? null : sentence('is not known here', place);
}

/** Why a value does not belong into the file, if it looks like a secret; else null. */
export function secretValueProblem(value: string): string | null {
  const [, place] = VALUES.find(([pattern]) => pattern.test(value.trim())) ?? [];
  return place === undefined ? null : sentence('looks like a secret', place);
}

function sentence(what: string, place: string): string {
  return `${what}: secrets and logins do not stand in this file but in the worker's environment, as ${place}`;
}
