import { MaskloopError } from '../../contracts/error.ts';

/** What a document's one object is made of: a list begins, one of its items follows, or a member that is no list. */
export type JsonPiece =
  | { readonly kind: 'list'; readonly member: string }
  | {
      readonly kind: 'item';
      readonly member: string;
      /** Position in the list, from 0. */
      readonly index: number;
      readonly value: unknown;
    }
  | { readonly kind: 'member'; readonly member: string; readonly value: unknown };

const [QUOTE, BACKSLASH, COMMA, COLON] = [0x22, 0x5c, 0x2c, 0x3a];
const [OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [0x5b, 0x5d, 0x7b, 0x7d];
const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf];
/** Blank, tabulator and line breaks. */
const SPACES = new Set([0x20, 0x09, 0x0a, 0x0d]);

/**
 * Reads a JSON object piece by piece: the items of its lists one at a time, so that a document may be longer than the
 * longest text (2^29 characters) and never stands in memory as a whole beside its bytes.
 *
 * @param where name of the file, for messages and the fact `file`
 * @throws MaskloopError `InvalidDataset` if the bytes are no JSON object in UTF-8, or a member comes twice
 */
export function* jsonPieces(bytes: Uint8Array, where: string): Generator<JsonPiece> {
  const cursor = new Cursor(bytes, where);
  cursor.expect(OPEN_OBJECT);
  const seen = new Set<string>();
  while (!cursor.ends(CLOSE_OBJECT, seen.size)) {
    const member = cursor.name();
    if (seen.has(member)) throw cursor.invalid(`it has two members ${JSON.stringify(member)}`);
    seen.add(member);
    cursor.expect(COLON);
    if (cursor.peek() === OPEN_LIST) {
      cursor.expect(OPEN_LIST);
      yield { kind: 'list', member };
      for (let index = 0; !cursor.ends(CLOSE_LIST, index); index += 1) {
        yield { kind: 'item', member, index, value: cursor.value() };
      }
    } else {
      yield { kind: 'member', member, value: cursor.value() };
    }
  }
  if (cursor.peek() !== undefined) throw cursor.notJson();
}

/** Walks over the bytes; knows where values end, and leaves to JSON.parse what they are. */
class Cursor {
  readonly #bytes: Uint8Array;
  readonly #where: string;
  readonly #text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  #at = 0;

  constructor(bytes: Uint8Array, where: string) {
    this.#bytes = bytes;
    this.#where = where;
    if (BYTE_ORDER_MARK.every((byte, index) => bytes[index] === byte)) this.#at = BYTE_ORDER_MARK.length;
  }

  /** The next byte that is no space; undefined at the end. */
  peek(): number | undefined {
    while (SPACES.has(this.#bytes[this.#at] ?? -1)) this.#at += 1;
    return this.#bytes[this.#at];
  }

  expect(byte: number): void {
    if (this.peek() !== byte) throw this.notJson();
    this.#at += 1;
  }

  /** True where a list or object ends; else steps over the comma that parts its next piece from those before. */
  ends(close: number, before: number): boolean {
    if (this.peek() === close) {
      this.#at += 1;
      return true;
    }
    if (before > 0) this.expect(COMMA);
    return false;
  }

  name(): string {
    const name = this.value();
    if (typeof name !== 'string') throw this.notJson();
    return name;
  }

  value(): unknown {
    this.peek();
    const start = this.#at;
    this.#skipValue();
    try {
      return JSON.parse(this.#text.decode(this.#bytes.subarray(start, this.#at)));
    } catch (cause) {
      throw this.notJson(start, cause);
    }
  }

  notJson(at = this.#at, cause?: unknown): MaskloopError {
    return new MaskloopError('InvalidDataset', `${this.#where} is not a COCO document: no JSON at byte ${at}.`, {
      facts: { file: this.#where, byte: at },
      cause,
    });
  }

  invalid(problem: string): MaskloopError {
    return new MaskloopError('InvalidDataset', `${this.#where} cannot be used: ${problem}.`, {
      facts: { file: this.#where, problem },
    });
  }

  #skipValue(): void {
    const bytes = this.#bytes;
    let depth = 0;
    for (; this.#at < bytes.length; this.#at += 1) {
      const byte = bytes[this.#at]!;
      if (byte === QUOTE) this.#at = this.#endOfString(this.#at);
      else if (byte === OPEN_LIST || byte === OPEN_OBJECT) depth += 1;
      else if (byte === CLOSE_LIST || byte === CLOSE_OBJECT) {
        if (depth === 0) return;
        depth -= 1;
        if (depth === 0) {
          this.#at += 1;
          return;
        }
      } else if (depth === 0 && (byte === COMMA || byte === COLON)) return;
    }
    if (depth > 0) throw this.notJson();
  }

  /** Where the quote is that ends the string that begins at `start`: one after an even number of backslashes. */
  #endOfString(start: number): number {
    for (let at = start; ;) {
      at = this.#bytes.indexOf(QUOTE, at + 1);
      if (at === -1) throw this.notJson(start);
      let first = at;
      while (this.#bytes[first - 1] === BACKSLASH) first -= 1;
      if ((at - first) % 2 === 0) return at;
    }
  }
}
