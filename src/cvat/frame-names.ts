/** The name by which CVAT's formats call a frame of a video, from its number in the file. */
export function videoFrameName(number: number): string {
  return `frame_${String(number).padStart(6, '0')}`;
}
