/** Where and why a text is not JSON, in the words of the parsers that CVAT uses. */
export interface JsonFailure {
  readonly reason: 'end of data' | 'control character' | 'unexpected character';
  /** Index of the offending character. */
  readonly at: number;
}

/** @returns undefined for valid JSON */
export function jsonFailure(text: string): JsonFailure | undefined {
  let message: string;
  try {
    JSON.parse(text);
    return undefined;
  } catch (error) {
    message = String(error);
  }
  const control = firstControlInString(text);
  const first = /Unexpected token '?(.)/u.exec(message)?.[1];
  const isFirst = first !== undefined && text.startsWith(first) && !/^[[{"]/.test(text);
  if (isFirst) return { reason: 'unexpected character', at: 0 };
  if (control !== undefined) return { reason: 'control character', at: control };
  const named = /position (\d+)/.exec(message)?.[1];
  if (named !== undefined && Number(named) < text.length) {
    return { reason: 'unexpected character', at: Number(named) };
  }
  if (/end of JSON|Unterminated/.test(message)) return { reason: 'end of data', at: text.length };
  return { reason: 'unexpected character', at: first === undefined ? text.length : Math.max(0, text.indexOf(first)) };
}

/** `line 1 column 13 (char 12)`. */
export function position(text: string, at: number): string {
  const before = text.slice(0, at);
  const line = before.split('\n').length;
  return `line ${line} column ${at - before.lastIndexOf('\n')} (char ${at})`;
}

function firstControlInString(text: string): number | undefined {
  let inString = false;
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (inString && character < ' ') return at;
    if (inString && character === '\\') at += 1;
    else if (character === '"') inString = !inString;
  }
  return undefined;
}
