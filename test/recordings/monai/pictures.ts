import { PNG } from 'pngjs';
import { writeMask } from '../../../src/coco/write-mask.ts';

const SIDE = 32;
const START = '\x89PNG\r\n';

/**
 * How many of ten rows of an image are neither bright nor dark, by the names of the images that the recording found the
 * most uncertain ones, in this order.
 */
const DOUBTFUL: Readonly<Record<string, number>> = { 'img_014.png': 9, 'img_023.png': 7, 'img_021.png': 5 };

const MASK = Buffer.from(writeMask({ width: SIDE, height: SIDE, values: discValues() }));

/** Puts pixels into the images of a form: a disc into a picture, its mask into a label. */
export function withPixels(body: Buffer): Buffer {
  const pieces: Buffer[] = [];
  let from = 0;
  for (let at = body.indexOf(START, 0, 'latin1'); at >= 0; at = body.indexOf(START, at + 1, 'latin1')) {
    const end = body.indexOf('\r\n--', at, 'latin1');
    if (end < 0) break;
    const head = body.toString('latin1', from, at);
    const [, field = '', fileName = ''] = /.*; name="(\w+)"; filename="([^"]*)"/s.exec(head) ?? [];
    pieces.push(body.subarray(from, at), field === 'label' ? MASK : picture(DOUBTFUL[fileName] ?? 0));
    from = end;
  }
  return Buffer.concat([...pieces, body.subarray(from)]);
}

function discValues(): Uint8Array {
  return Uint8Array.from({ length: SIDE * SIDE }, (_, at) => {
    return Math.hypot((at % SIDE) - 17, Math.floor(at / SIDE) - 13) < 7 ? 1 : 0;
  });
}

/** A bright disc on dark ground. @param doubt rows of ten that are grey instead */
function picture(doubt: number): Buffer {
  const png = new PNG({ width: SIDE, height: SIDE });
  for (const [at, value] of discValues().entries()) {
    const isGrey = Math.floor(at / SIDE) % 10 < doubt;
    const grey = (isGrey ? 110 : 70 + 100 * value) + ((at * 37) % 23);
    png.data.set([grey, grey, grey, 255], at * 4);
  }
  return PNG.sync.write(png);
}
