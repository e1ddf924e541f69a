import { randomUUID } from 'node:crypto';
import { MaskloopError } from '../contracts/error.ts';
import type { StreamedBody } from './http.ts';

/** A plain field, or a file whose bytes are read when it is its turn. */
export type Part =
  | { readonly name: string; readonly value: string }
  | {
      readonly name: string;
      readonly fileName: string;
      readonly contentType?: string;
      readonly bytes: number;
      read(): Promise<Uint8Array> | Uint8Array;
    };

const END = Buffer.from('\r\n');

/**
 * A `multipart/form-data` body (RFC 7578) of known length. Names are UTF-8 with quotes and line ends escaped as browsers do.
 * Reading fails with `UnreadableFile` when a file gives another number of bytes than it declared.
 */
export function multipartBody(parts: readonly Part[]): StreamedBody {
  const boundary = `maskloop-${randomUUID()}`;
  const heads = parts.map((part) => Buffer.from(`--${boundary}\r\n${headOf(part)}\r\n\r\n`));
  const last = Buffer.from(`--${boundary}--\r\n`);
  const bytes = parts.reduce((sum, part, i) => sum + (heads[i]?.length ?? 0) + sizeOf(part) + END.length, last.length);
  async function* chunks(): AsyncGenerator<Uint8Array> {
    for (const [i, part] of parts.entries()) {
      yield heads[i] ?? END;
      yield await contentOf(part);
      yield END;
    }
    yield last;
  }
  return { contentType: `multipart/form-data; boundary=${boundary}`, bytes, chunks };
}

/** Bytes that the frame around one part takes at most, for splitting parts over requests. */
export function partOverhead(part: Part): number {
  return Buffer.byteLength(headOf(part)) + 64;
}

function headOf(part: Part): string {
  const name = `Content-Disposition: form-data; name="${escaped(part.name)}"`;
  if (!('fileName' in part)) return name;
  return `${name}; filename="${escaped(part.fileName)}"\r\nContent-Type: ${part.contentType ?? 'application/octet-stream'}`;
}

function escaped(text: string): string {
  return text.replaceAll('\r', '%0D').replaceAll('\n', '%0A').replaceAll('"', '%22');
}

function sizeOf(part: Part): number {
  return 'fileName' in part ? part.bytes : Buffer.byteLength(part.value);
}

async function contentOf(part: Part): Promise<Uint8Array> {
  if (!('fileName' in part)) return Buffer.from(part.value);
  const content = await part.read();
  if (content.length !== part.bytes) {
    const problem = `${part.fileName} has ${content.length} bytes instead of ${part.bytes}: it changed while it was read`;
    throw new MaskloopError('UnreadableFile', problem, { facts: { file: part.fileName, bytes: content.length } });
  }
  return content;
}
