import type { UploadFile } from '../../../src/cvat/upload-file.ts';
import { writeMask } from '../../../src/coco/write-mask.ts';
import { HEIGHT, WIDTH } from './coco.ts';

/** A small grey PNG that no other number gives. */
export function framePng(number: number): Uint8Array {
  const values = Uint8Array.from({ length: WIDTH * HEIGHT }, (_, at) => (at * 7 + number * 31) % 251);
  return writeMask({ width: WIDTH, height: HEIGHT, values });
}

/** Files of these names, each with a picture of its own. */
export function frameFiles(names: readonly string[]): readonly UploadFile[] {
  return names.map((name, number) => {
    const bytes = framePng(number);
    return { name, bytes: bytes.length, read: async () => bytes };
  });
}
