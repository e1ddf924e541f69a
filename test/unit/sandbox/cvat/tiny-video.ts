/** What an MP4 file says of its only track, without a single picture in it. */
export function tinyVideo(of: { width: number; height: number; frames: number }): Buffer {
  const header = Buffer.alloc(84);
  header.writeUInt32BE(of.width << 16, 76);
  header.writeUInt32BE(of.height << 16, 80);
  const sizes = Buffer.alloc(12);
  sizes.writeUInt32BE(of.frames, 8);
  const table = box('mdia', box('minf', box('stbl', box('stsz', sizes))));
  const sound = box('trak', box('tkhd', Buffer.alloc(84)));
  const movie = box('moov', sound, box('trak', box('tkhd', header), table));
  return Buffer.concat([box('ftyp', Buffer.from('isom\0\0\u0002\0isomiso2', 'latin1')), box('free'), movie]);
}

function box(type: string, ...content: readonly Buffer[]): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), ...content]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(body.length + 4);
  return Buffer.concat([length, body]);
}
