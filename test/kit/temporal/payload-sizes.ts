/** A payload in a history: an argument, a result, a heartbeat, a memo, details of a failure. */
export interface PayloadSize {
  /** Way to the payload, such as `events.4.activityTaskScheduledEventAttributes.input.payloads.0`. */
  readonly path: string;
  /** Size of its data. */
  readonly bytes: number;
}

/** Every payload at or below `value`, a decoded history or a part of one. */
export function payloadSizes(value: unknown, path = ''): readonly PayloadSize[] {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return [];
  const own = 'data' in value && 'metadata' in value && isBytes(value.data) ? [{ path, bytes: value.data.length }] : [];
  const inner = Object.entries(value).flatMap(([key, child]) =>
    payloadSizes(child, path === '' ? key : `${path}.${key}`),
  );
  return [...own, ...inner];
}

/** `instanceof` does not hold across the realms of a test runner. */
function isBytes(value: unknown): value is Uint8Array {
  return ArrayBuffer.isView(value) && 'length' in value;
}
