import { isRecord } from '../../storage/canonical-json.ts';
import { literally } from './replace-words.ts';

/** Texts of a failure, as a problem and inside other answers. */
const WORDS: readonly string[] = ['detail', 'message', 'facts'];

/**
 * JSON documents in whose failures the store's folder is called `the store`: failures of the disk name files there, and where it is is nobody's
 * business but the machine's. Addresses, ids and folders that are offered are no texts of failures, and stay.
 *
 * @param address of the store
 */
export function withoutPlace(address: string): (json: string) => string {
  const written = JSON.stringify(address).slice(1, -1);
  // The root of the machine stands in every path.
  if (written.length < 2) return (json) => json;
  const place = new RegExp(
    `(?<![\\p{L}\\p{N}_./~-])${literally(address)}(?![\\p{L}\\p{N}_~-]|\\.[\\p{L}\\p{N}_])`,
    'gu',
  );
  const unplaced = (text: string): string => text.replaceAll(place, 'the store');
  return (json) => (json.includes(written) ? JSON.stringify(inFailures(JSON.parse(json), unplaced)) : json);
}

function inFailures(value: unknown, change: (text: string) => string): unknown {
  if (Array.isArray(value)) return value.map((one) => inFailures(one, change));
  if (!isRecord(value)) return value;
  const isFailure = 'code' in value && ('message' in value || 'detail' in value);
  return Object.fromEntries(
    Object.entries(value).map(([field, one]) => [
      field,
      isFailure && WORDS.includes(field) ? inTexts(one, change) : inFailures(one, change),
    ]),
  );
}

function inTexts(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value);
  if (Array.isArray(value)) return value.map((one) => inTexts(one, change));
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([field, one]) => [field, inTexts(one, change)]));
}
