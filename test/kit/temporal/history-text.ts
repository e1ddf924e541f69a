import proto, { type temporal } from '@temporalio/proto';

type History = temporal.api.history.v1.IHistory;

const { History } = proto.temporal.api.history.v1;

/** A history as JSON text that can be read, compared and kept; without stack traces, which name folders of a machine. */
export function historyToText(history: History): string {
  const plain = History.toObject(History.fromObject(history), { longs: String, enums: String, bytes: String });
  const withoutTraces = (key: string, value: unknown): unknown => (key === 'stackTrace' ? '' : value);
  return `${JSON.stringify(plain, withoutTraces, 1)}\n`;
}

/** The reverse of {@link historyToText}. */
export function historyFromText(text: string): History {
  const plain: unknown = JSON.parse(text);
  if (typeof plain !== 'object' || plain === null) throw new Error('not a history');
  return History.fromObject(plain);
}
