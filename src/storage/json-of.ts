/** The value of a JSON document, UTF-8 where it is bytes; null for what is none. */
export function jsonOf(document: Uint8Array | string): unknown {
  try {
    return JSON.parse(typeof document === 'string' ? document : new TextDecoder().decode(document));
  } catch {
    return null;
  }
}
