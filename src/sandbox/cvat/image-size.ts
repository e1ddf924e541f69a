/** What the header of an image file says. */
export interface ImageHeader {
  /** As CVAT names it. */
  readonly contentType: 'image/png' | 'image/jpeg' | 'image/bmp' | 'image/x-webp';
  /** Pixels. */
  readonly width: number;
  readonly height: number;
}

const PNG_SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** Reads the size from the header of a PNG, JPEG, BMP or WebP file; undefined for anything else. */
export function imageHeader(bytes: Buffer): ImageHeader | undefined {
  if (bytes.subarray(0, 8).equals(PNG_SIGNATURE) && bytes.length >= 24) {
    return { contentType: 'image/png', width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) };
  }
  if (bytes[0] === 0xff && bytes[1] === 0xd8) return jpegHeader(bytes);
  const start = bytes.subarray(0, 2).toString('latin1');
  if (start === 'BM' && bytes.length >= 26) return bmpHeader(bytes);
  const kind = bytes.subarray(8, 16).toString('latin1');
  return start === 'RI' && bytes.length >= 30 ? webpHeader(bytes, kind) : undefined;
}

/** A negative height says that the rows come from the top. */
function bmpHeader(bytes: Buffer): ImageHeader {
  return { contentType: 'image/bmp', width: bytes.readInt32LE(18), height: Math.abs(bytes.readInt32LE(22)) };
}

/** The three kinds of WebP: lossy, lossless and extended. */
function webpHeader(bytes: Buffer, kind: string): ImageHeader | undefined {
  const contentType = 'image/x-webp';
  switch (kind) {
    case 'WEBPVP8 ':
      return { contentType, width: bytes.readUInt16LE(26) & 0x3fff, height: bytes.readUInt16LE(28) & 0x3fff };
    case 'WEBPVP8L': {
      const packed = bytes.readUInt32LE(21);
      return { contentType, width: (packed & 0x3fff) + 1, height: ((packed >> 14) & 0x3fff) + 1 };
    }
    case 'WEBPVP8X':
      return { contentType, width: bytes.readUIntLE(24, 3) + 1, height: bytes.readUIntLE(27, 3) + 1 };
    default:
      return undefined;
  }
}

/** Walks the segments of a JPEG file up to its start-of-frame. */
function jpegHeader(bytes: Buffer): ImageHeader | undefined {
  let at = 2;
  while (at + 9 <= bytes.length) {
    if (bytes[at] !== 0xff) return undefined;
    const marker = bytes.readUInt8(at + 1);
    if (marker === 0xff) at += 1;
    else if (isStandalone(marker)) at += 2;
    else if (isStartOfFrame(marker)) {
      return { contentType: 'image/jpeg', height: bytes.readUInt16BE(at + 5), width: bytes.readUInt16BE(at + 7) };
    } else at += 2 + bytes.readUInt16BE(at + 2);
  }
  return undefined;
}

/** Markers without a length: TEM and the restart markers. */
function isStandalone(marker: number): boolean {
  return marker === 0x01 || (marker >= 0xd0 && marker <= 0xd7);
}

/** SOF0 to SOF15 without DHT, JPG and DAC. */
function isStartOfFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
}
