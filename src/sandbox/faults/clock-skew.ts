import type { WholeAnswer } from './whole-answer.ts';

/** A quoted ISO time with a zone, as CVAT writes them; a quoted local one, as MONAI Label does; seconds since 1970 under a name that ends in `ts`. */
const ISO = /"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(\.\d+)?(Z|\+00:00)"/g;
const LOCAL = /"(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)"/g;
const SECONDS = /("(?:\w+_)?ts"\s*:\s*)(\d{9,11}(?:\.\d+)?)\b/g;

/**
 * The answer of a server whose clock is ahead by `ms`: its Date header and the times in a JSON body. Fractions of a
 * second and the way of writing stay; a skew is rounded to whole seconds.
 */
export function skewAnswer(answer: WholeAnswer, ms: number): WholeAnswer {
  if (ms === 0) return answer;
  const isJson = /\bjson\b/.test(answer.header('content-type') ?? '');
  const body = isJson ? Buffer.from(skewJson(answer.body.toString('utf8'), ms)) : answer.body;
  const date = Date.parse(answer.header('date') ?? '');
  const replaced = answer.withBody(body);
  return Number.isNaN(date) ? replaced : replaced.withHeader('date', new Date(date + whole(ms)).toUTCString());
}

/** Shifts all times in a JSON text by `ms`. */
export function skewJson(text: string, ms: number): string {
  return text
    .replaceAll(ISO, (_all, time: string, fraction: string | undefined, zone: string) => {
      return `"${shifted(`${time}Z`, ms)}${fraction ?? ''}${zone}"`;
    })
    .replaceAll(LOCAL, (_all, time: string) => `"${shifted(`${time.replace(' ', 'T')}Z`, ms).replace('T', ' ')}"`)
    .replaceAll(SECONDS, (_all, name: string, seconds: string) => {
      const [units = '0', fraction] = seconds.split('.');
      return `${name}${Number(units) + whole(ms) / 1000}${fraction === undefined ? '' : `.${fraction}`}`;
    });
}

function shifted(time: string, ms: number): string {
  return new Date(Date.parse(time) + whole(ms)).toISOString().slice(0, 19);
}

function whole(ms: number): number {
  return Math.round(ms / 1000) * 1000;
}
