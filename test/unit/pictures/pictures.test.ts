import { describe, expect, it } from '@jest/globals';
import { PNG } from 'pngjs';
import sharp from 'sharp';
import { mirrorPicture } from '../../../src/pictures/mirror-picture.ts';
import { readLook } from '../../../src/pictures/read-look.ts';
import { MIRRORS, mirrorMask, type Mirror } from '../../../src/selection/mirror.ts';

const [width, height] = [40, 30];

/** Samples that are different everywhere, of so many channels. */
function raw(channels: 1 | 2 | 3 | 4): Buffer {
  return Buffer.from(Array.from({ length: width * height * channels }, (_, at) => (at * 37 + (at >> 3) * 11) % 256));
}

const image = (channels: 1 | 2 | 3 | 4) =>
  sharp(raw(channels), { raw: { width, height, channels } }).toColourspace(channels < 3 ? 'b-w' : 'srgb');

/** A grey PNG of 16 bits a pixel, written by another library. */
function deepGrey(): Buffer {
  const samples = Uint16Array.from({ length: width * height }, (_, at) => (at * 977) % 65536);
  const png = new PNG({ width, height });
  png.data = Buffer.from(samples.map((value) => (value >> 8) | ((value & 255) << 8)).buffer);
  const options = { colorType: 0, inputColorType: 0, bitDepth: 16 } as const;
  return PNG.sync.write(png, options);
}

/** Every channel mirrored as a mask is. */
function mirrored(samples: ArrayLike<number>, channels: number, mirror: Mirror): readonly number[] {
  const planes = Array.from({ length: channels }, (_, channel) => {
    const values = Uint16Array.from({ length: width * height }, (__, at) => samples[at * channels + channel] ?? 0);
    return mirrorMask({ width, height, values }, mirror).values;
  });
  return Array.from({ length: samples.length }, (_, at) => planes[at % channels]?.[Math.floor(at / channels)] ?? 0);
}

describe('mirrored pictures', () => {
  for (const mirror of MIRRORS) {
    it.each([1, 2, 3, 4] as const)(`keep %i channels and every value, ${mirror}`, async (channels) => {
      const bytes = await mirrorPicture(await image(channels).png().toBuffer(), mirror, 'frame');
      expect(await sharp(bytes).metadata()).toMatchObject({ width, height, channels });
      const { data, info } = await sharp(bytes).raw().toBuffer({ resolveWithObject: true });
      // Read back, grey has become three equal channels.
      const places = channels < 3 ? [0, 3].slice(0, channels) : [0, 1, 2, 3].slice(0, channels);
      const samples = [...data].filter((__, at) => places.includes(at % info.channels));
      expect(samples).toEqual(mirrored(raw(channels), channels, mirror));
    });
  }

  it('keep the 16 bits of deep images', async () => {
    const given = deepGrey();
    const deep = async (bytes: Uint8Array): Promise<Uint16Array> => {
      const { data } = await sharp(bytes)
        .toColourspace('grey16')
        .raw({ depth: 'ushort' })
        .toBuffer({ resolveWithObject: true });
      return new Uint16Array(data.buffer, data.byteOffset, data.length / 2);
    };
    const samples = await deep(given);
    expect(new Set(samples.map((value) => value % 256)).size).toBeGreaterThan(200);
    const bytes = await mirrorPicture(given, 'left-right', 'frame');
    expect(Buffer.from(bytes)[24]).toBe(16);
    expect([...(await deep(bytes))]).toEqual(mirrored(samples, 1, 'left-right'));
  });

  it('are the same bytes every time', async () => {
    const given = await image(3).png().toBuffer();
    const [first, second] = [
      await mirrorPicture(given, 'top-bottom', 'a'),
      await mirrorPicture(given, 'top-bottom', 'b'),
    ];
    expect(Buffer.from(first).equals(second)).toBe(true);
  });

  it('leave an orientation alone that EXIF asks for, as masks count the pixels as they are stored', async () => {
    const turned = await image(3).withMetadata({ orientation: 6 }).jpeg().toBuffer();
    const { data, info } = await sharp(await mirrorPicture(turned, 'left-right', 'f'))
      .raw()
      .toBuffer({ resolveWithObject: true });
    expect(info).toMatchObject({ width, height });
    const stored = await sharp(turned).raw().toBuffer();
    expect([...data]).toEqual(mirrored(stored, 3, 'left-right'));
  });
});

describe('the look of a picture', () => {
  it('has 16 × 16 grey values and 256 features, whatever the format', async () => {
    const grey = image(1);
    const files = [image(3).png(), image(3).jpeg(), grey.png(), image(4).png(), image(3).png({ palette: true })];
    for (const file of files) {
      const look = await readLook(await file.toBuffer(), 'frame');
      expect([look.grey.length, look.features.length]).toEqual([256, 256]);
      expect(look.features.every((value) => value >= 0 && value <= 1)).toBe(true);
    }
    expect((await readLook(deepGrey(), 'frame')).grey.length).toBe(256);
  });

  it('is black for black, white for white, and has one colour in its histogram', async () => {
    const plain = (value: number) =>
      sharp(Buffer.alloc(width * height * 3, value), { raw: { width, height, channels: 3 } });
    const [black, white] = [await plain(0).png().toBuffer(), await plain(255).png().toBuffer()];
    const [dark, bright] = [await readLook(black, 'b'), await readLook(white, 'w')];
    expect([Math.max(...dark.grey), Math.min(...bright.grey)]).toEqual([0, 255]);
    expect([...dark.features].filter((value) => value > 0)).toEqual([1]);
    const squares = bright.features.reduce((sum, value) => sum + value ** 2, 0);
    expect(squares).toBeCloseTo(3 + 1, 5);
  });

  it('hardly differs between a picture and the same as JPEG, and does for its mirror image', async () => {
    const gradient = Buffer.from(
      Array.from({ length: width * height * 3 }, (_, at) => (Math.floor(at / 3) % width) * 6),
    );
    const picture = sharp(gradient, { raw: { width, height, channels: 3 } });
    const png = await picture.png().toBuffer();
    const grey = async (bytes: Uint8Array) => (await readLook(bytes, 'frame')).grey;
    const [one, jpeg, other] = [
      await grey(png),
      await grey(await picture.jpeg({ quality: 90 }).toBuffer()),
      await grey(await mirrorPicture(png, 'left-right', 'frame')),
    ];
    const apart = (a: Uint8Array, b: Uint8Array) => Math.max(...a.map((value, at) => Math.abs(value - (b[at] ?? 0))));
    expect(apart(one, jpeg)).toBeLessThan(6);
    expect(apart(one, other)).toBeGreaterThan(100);
  });

  it.each([
    ['is no image', async () => Buffer.from('no image at all')],
    ['is cut off', async () => (await image(3).png().toBuffer()).subarray(0, 900)],
    [
      'declares a billion pixels',
      async () => {
        const bytes = await image(3).png().toBuffer();
        bytes.writeUInt32BE(40000, 16);
        bytes.writeUInt32BE(40000, 20);
        return bytes;
      },
    ],
  ])('is refused by name for a file that %s', async (_, make) => {
    const bytes = await make();
    await expect(readLook(bytes, 'video/frame_7.png')).rejects.toMatchObject({
      code: 'BrokenImage',
      facts: { frame: 'video/frame_7.png' },
    });
    await expect(mirrorPicture(bytes, 'left-right', 'x')).rejects.toMatchObject({ code: 'BrokenImage' });
  });
});
