/** How files begin that browsers show as pictures; https://mimesniff.spec.whatwg.org/#image-type-pattern-matching-algorithm. */
const BEGINNINGS: readonly (readonly [type: string, matches: (bytes: Uint8Array) => boolean])[] = [
  ['image/png', (bytes) => begins(bytes, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])],
  ['image/jpeg', (bytes) => begins(bytes, [0xff, 0xd8, 0xff])],
  ['image/bmp', (bytes) => begins(bytes, [0x42, 0x4d])],
  [
    'image/webp',
    (bytes) => begins(bytes, [0x52, 0x49, 0x46, 0x46]) && begins(bytes.subarray(8), [0x57, 0x45, 0x42, 0x50]),
  ],
];

/** The type of a picture that browsers show, by its content alone; null for anything else, whatever it says that it is. */
export function pictureType(bytes: Uint8Array): string | null {
  return BEGINNINGS.find(([, matches]) => matches(bytes))?.[0] ?? null;
}

function begins(bytes: Uint8Array, beginning: readonly number[]): boolean {
  return beginning.every((byte, index) => bytes[index] === byte);
}
