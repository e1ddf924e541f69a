/** A number that Python prints as a float (`12.0`). */
export class PythonFloat {
  readonly value: number;

  constructor(value: number) {
    this.value = value;
  }
}

/** What {@link pythonJson} can print. */
export type PythonValue =
  | string
  | number
  | boolean
  | null
  | undefined
  | PythonFloat
  | readonly PythonValue[]
  | { readonly [key: string]: PythonValue };

const INDENT = '    ';

/**
 * Prints a value as Python's `json.dump(value, indent=4)` does: ASCII only, every list element and member on a line of
 * its own, `[]` and `{}` for what is empty. Members that are undefined are left out.
 *
 * @param depth how many levels the value stands inside others; lines after the first are indented accordingly
 */
export function pythonJson(value: PythonValue, depth = 0): string {
  if (typeof value === 'string') return asciiJson(value);
  if (value instanceof PythonFloat) return pythonFloat(value.value);
  if (typeof value !== 'object' || value === null) return String(value);
  if (isList(value)) {
    return enclosed(
      '[',
      value.map((item) => pythonJson(item, depth + 1)),
      ']',
      depth,
    );
  }
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  return enclosed(
    '{',
    members.map(([key, member]) => `${asciiJson(key)}: ${pythonJson(member, depth + 1)}`),
    '}',
    depth,
  );
}

/** The line break and indentation before an item at the given depth. */
export function lineAt(depth: number): string {
  return `\n${INDENT.repeat(depth)}`;
}

function enclosed(open: string, items: readonly string[], close: string, depth: number): string {
  if (items.length === 0) return open + close;
  const line = lineAt(depth + 1);
  return `${open}${line}${items.join(`,${line}`)}${lineAt(depth)}${close}`;
}

function isList(value: object): value is readonly PythonValue[] {
  return Array.isArray(value);
}

/** Any JSON value on one line. JavaScript escapes as Python does, save that Python also escapes DEL and everything beyond ASCII. */
export function asciiJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[\u007f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function pythonFloat(value: number): string {
  return Number.isInteger(value) ? `${value}.0` : String(value);
}
