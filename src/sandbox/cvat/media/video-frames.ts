import { PNG } from 'pngjs';
import type { Frame, TaskData, VideoSource } from '../state/entities.ts';
import type { VideoHeader } from './video-file.ts';

/** Which frames of a video a task takes, in numbers of the file; the stop is inclusive. */
export interface FrameChoice {
  readonly start: number;
  readonly stop: number;
  readonly step: number;
}

/** The number in the file of a task's frame. */
export function fileFrame(video: VideoSource, frame: number): number {
  return video.start + frame * video.step;
}

/** The name by which CVAT's formats call a frame of a video. */
export function videoFrameName(number: number): string {
  return `frame_${String(number).padStart(6, '0')}`;
}

/** The chosen frames of a video, without their bytes: see {@link frameBytes}. */
export function videoFrames(header: VideoHeader, choice: FrameChoice): Frame[] {
  const frames: Frame[] = [];
  const { width, height } = header;
  for (let number = choice.start; number <= Math.min(choice.stop, header.frames - 1); number += choice.step) {
    const name = `${videoFrameName(number)}.png`;
    frames.push({ name, bytes: Buffer.alloc(0), contentType: 'image/png', width, height });
  }
  return frames;
}

/** The file of a frame. Videos are not decoded: a grey pattern stands for each of their pictures. */
export function frameBytes(data: TaskData, number: number): Buffer {
  const frame = data.frames[number];
  if (frame === undefined || data.video === null) return frame?.bytes ?? Buffer.alloc(0);
  return greyPattern(frame.width, frame.height, fileFrame(data.video, number));
}

function greyPattern(width: number, height: number, number: number): Buffer {
  const picture = new PNG({ width, height });
  picture.data.fill(0xff);
  for (let pixel = 0; pixel < width * height; pixel += 1) {
    const grey = (number * 37 + (pixel % width) * Math.floor(pixel / width)) % 256;
    picture.data.fill(grey, pixel * 4, pixel * 4 + 3);
  }
  return PNG.sync.write(picture, { colorType: 2, inputHasAlpha: true, filterType: 0 });
}
