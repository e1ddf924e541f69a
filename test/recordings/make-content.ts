import { Buffer } from 'node:buffer';
import yazl from 'yazl';
import type { Content, ImageFormat, Part } from './exchange.ts';

/** Bytes of the downloads of this run, by recorded path. */
export type Downloads = ReadonlyMap<string, Buffer>;

const BOUNDARY = 'replayed-form-boundary';
export const FORM_TYPE = `multipart/form-data; boundary=${BOUNDARY}`;

/** Makes the bytes that a short form stands for. @throws Error for a download that has not been made */
export async function makeContent(content: Content, downloads: Downloads): Promise<Buffer> {
  switch (content.kind) {
    case 'text':
      return Buffer.from(content.text);
    case 'base64':
      return Buffer.from(content.base64, 'base64');
    case 'image':
      return Buffer.concat([IMAGES[content.format](content.width, content.height), Buffer.alloc(FILLING)]);
    case 'video':
      return videoFile(content);
    case 'zip':
      return zipFile(content.entries, downloads);
    case 'form':
      return formBody(content.parts, downloads);
    case 'coco':
      return cocoDocument(content);
    default:
      return pieceOf(downloads.get(content.path) ?? Buffer.from('PK'), content);
  }
}

/** Pieces of equal length, but for the last. */
function pieceOf(bytes: Buffer, { part, of }: { readonly part: number; readonly of: number }): Buffer {
  const length = Math.floor(bytes.length / of);
  return bytes.subarray(part * length, part === of - 1 ? bytes.length : (part + 1) * length);
}

/** Behind the header, so that files are as long as answers that servers compress. */
const FILLING = 300;

/** Files that say their size in their header and hold no pixels. */
const IMAGES: Readonly<Record<ImageFormat, (width: number, height: number) => Buffer>> = {
  png(width, height) {
    const bytes = Buffer.alloc(33);
    Buffer.from('\u0089PNG\r\n\u001a\n\0\0\0\rIHDR', 'latin1').copy(bytes);
    bytes.writeUInt32BE(width, 16);
    bytes.writeUInt32BE(height, 20);
    bytes.set([8, 2, 0, 0, 0], 24);
    return bytes;
  },
  jpeg(width, height) {
    const bytes = Buffer.from('ffd8ffc0000b08000000000101110000ffd9', 'hex');
    bytes.writeUInt16BE(height, 7);
    bytes.writeUInt16BE(width, 9);
    return bytes;
  },
  bmp(width, height) {
    const bytes = Buffer.alloc(54);
    bytes.write('BM', 'latin1');
    bytes.writeUInt32LE(40, 14);
    bytes.writeInt32LE(width, 18);
    bytes.writeInt32LE(height, 22);
    return bytes;
  },
  webp(width, height) {
    const bytes = Buffer.alloc(30);
    bytes.write('RIFF\u0016\0\0\0WEBPVP8 \u000a\0\0\0', 'latin1');
    bytes.set([0x9d, 0x01, 0x2a], 23);
    bytes.writeUInt16LE(width, 26);
    bytes.writeUInt16LE(height, 28);
    return bytes;
  },
};

/** A file that begins as MP4 files do; behind it stands what a stand-in cannot find out without decoding. */
function videoFile({ width, height, frames }: Extract<Content, { kind: 'video' }>): Buffer {
  const start = Buffer.from('\0\0\0\u0020ftypisom\0\0\u0002\0isomiso2avc1mp41', 'latin1');
  return Buffer.concat([start, Buffer.from(JSON.stringify({ width, height, frames }))]);
}

async function zipFile(entries: Extract<Content, { kind: 'zip' }>['entries'], downloads: Downloads): Promise<Buffer> {
  const made = entries.map(async ({ name, content }) => [name, await makeContent(content, downloads)] as const);
  const files = await Promise.all(made);
  return new Promise((resolve, reject) => {
    const archive = new yazl.ZipFile();
    const pieces: Buffer[] = [];
    archive.outputStream.on('data', (piece: Buffer) => pieces.push(piece));
    archive.outputStream.on('error', reject);
    archive.outputStream.on('end', () => resolve(Buffer.concat(pieces)));
    for (const [name, bytes] of files) {
      if (name.endsWith('/')) archive.addEmptyDirectory(name);
      else archive.addBuffer(bytes, name);
    }
    archive.end();
  });
}

async function formBody(parts: readonly Part[], downloads: Downloads): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for (const { name, fileName, type, content } of parts) {
    const file = fileName === undefined ? '' : `; filename="${fileName}"`;
    const head = `Content-Disposition: form-data; name="${name}"${file}\r\n${type === undefined ? '' : `Content-Type: ${type}\r\n`}`;
    pieces.push(
      Buffer.from(`--${BOUNDARY}\r\n${head}\r\n`),
      await makeContent(content, downloads),
      Buffer.from('\r\n'),
    );
  }
  return Buffer.concat([...pieces, Buffer.from(`--${BOUNDARY}--\r\n`)]);
}

function cocoDocument({ head, times, length }: Extract<Content, { kind: 'coco' }>): Buffer {
  const first = head.slice(head.lastIndexOf('"annotations": [') + '"annotations": ['.length);
  const more = Array.from({ length: times - 1 }, (_, index) => first.replace(/"id": \d+/, `"id": ${index + 2}`));
  const text = `${[head, ...more].join(', ')}]}`;
  return Buffer.from(text.padEnd(length, ' '));
}
