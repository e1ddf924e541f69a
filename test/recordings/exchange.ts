import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { z } from 'zod';

/** What a request carries, in a form that is short and can be made into bytes again. */
export type Content =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'base64'; readonly base64: string }
  /** A file whose header says its size and nothing else. */
  | { readonly kind: 'image'; readonly format: ImageFormat; readonly width: number; readonly height: number }
  | { readonly kind: 'video'; readonly width: number; readonly height: number; readonly frames: number }
  | { readonly kind: 'zip'; readonly entries: readonly { readonly name: string; readonly content: Content }[] }
  | { readonly kind: 'form'; readonly parts: readonly Part[] }
  /** What the server gave at an earlier download from this path, or a piece of it. */
  | { readonly kind: 'download'; readonly path: string; readonly part: number; readonly of: number }
  /** A long COCO document: its first annotation again and again, filled with blanks up to the length in bytes. */
  | { readonly kind: 'coco'; readonly head: string; readonly times: number; readonly length: number };

export type ImageFormat = 'png' | 'jpeg' | 'bmp' | 'webp';

export interface Part {
  readonly name: string;
  readonly fileName?: string | undefined;
  readonly type?: string | undefined;
  readonly content: Content;
}

const contentWire: z.ZodType<Content> = z.lazy(() =>
  z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('text'), text: z.string() }),
    z.object({ kind: z.literal('base64'), base64: z.string() }),
    z.object({
      kind: z.literal('image'),
      format: z.enum(['png', 'jpeg', 'bmp', 'webp']),
      width: z.int(),
      height: z.int(),
    }),
    z.object({ kind: z.literal('video'), width: z.int(), height: z.int(), frames: z.int() }),
    z.object({ kind: z.literal('zip'), entries: z.array(z.object({ name: z.string(), content: contentWire })) }),
    z.object({
      kind: z.literal('form'),
      parts: z.array(
        z.object({
          name: z.string(),
          fileName: z.string().optional(),
          type: z.string().optional(),
          content: contentWire,
        }),
      ),
    }),
    z.object({ kind: z.literal('download'), path: z.string(), part: z.int(), of: z.int() }),
    z.object({ kind: z.literal('coco'), head: z.string(), times: z.int(), length: z.int() }),
  ]),
);

const exchangeWire = z.object({
  case: z.string(),
  method: z.string(),
  path: z.string(),
  /** Headers that the server looks at; `Accept: *\/*` if none is named. */
  sent: z.record(z.string(), z.string()).default({}),
  content: contentWire.optional(),
  /** States that were read before the one of this exchange, when one thing was read again and again. */
  polled: z.array(z.string()).optional(),
  status: z.int(),
  headers: z.record(z.string(), z.string()).default({}),
  /** One of these, or none for an empty body. */
  json: z.unknown().optional(),
  text: z.string().optional(),
  zip: z.record(z.string(), z.unknown()).optional(),
  /** A body whose content does not matter, or that was recorded in part. */
  isOpaque: z.boolean().optional(),
});

/** One exchange of a recording, shortened: see `scripts/derive-fixtures.ts`. */
export type Exchange = z.infer<typeof exchangeWire>;

/** Reads a recording from `test/fixtures/recordings`: one exchange a line, packed (`zcat` shows it). */
export function readExchanges(name: string): readonly Exchange[] {
  const file = new URL(`../fixtures/recordings/${name}.jsonl.gz`, import.meta.url);
  const lines = gunzipSync(readFileSync(file)).toString('utf8').trimEnd().split('\n');
  return lines.map((line) => exchangeWire.parse(JSON.parse(line)));
}
