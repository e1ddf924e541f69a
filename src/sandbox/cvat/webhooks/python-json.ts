/** Fields that CVAT holds as floating-point numbers, which Python writes with a point even when they are whole. */
const FLOATS = new Set(['position', 'progress']);

/**
 * JSON text as Python's `json.dumps` writes it: blanks after commas and colons, ASCII only.
 *
 * @param value of plain objects, lists, texts, numbers, booleans and nulls
 */
export function pythonJson(value: unknown): string {
  return write(value, false);
}

function write(value: unknown, isFloat: boolean): string {
  if (Array.isArray(value)) return `[${value.map((part) => write(part, isFloat)).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    const parts = Object.entries(value).map(([name, part]) => `${ascii(name)}: ${write(part, FLOATS.has(name))}`);
    return `{${parts.join(', ')}}`;
  }
  if (typeof value === 'number' && isFloat && Number.isInteger(value)) return `${value}.0`;
  return typeof value === 'string' ? ascii(value) : JSON.stringify(value ?? null);
}

function ascii(text: string): string {
  return JSON.stringify(text).replace(
    /[\u0080-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** The same content in the order in which PostgreSQL keeps the names of a `jsonb` object: shorter ones first, then by their bytes. */
export function inStoredOrder(object: object): object {
  const sorted = Object.entries(object)
    .map(([name, part]: [string, unknown]) => ({ name, bytes: Buffer.from(name), part: stored(part) }))
    .toSorted((a, b) => a.bytes.length - b.bytes.length || Buffer.compare(a.bytes, b.bytes));
  return Object.fromEntries(sorted.map(({ name, part }) => [name, part]));
}

function stored(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(stored);
  return typeof value === 'object' && value !== null ? inStoredOrder(value) : value;
}
