import { describe, expect, it } from '@jest/globals';
import { uploadWay } from '../../../src/activities/upload-way.ts';

const MB = 1000 * 1000;

function way(sizes: readonly number[], folder = ''): string {
  return uploadWay(sizes.map((bytes, i) => ({ name: `${folder}${i}.png`, bytes })));
}

describe('the way of images to CVAT', () => {
  it('is as files where a flat folder fits into one request, which arrives whole or not at all', () => {
    expect(way([45 * MB, 45 * MB])).toBe('files');
  });

  it('is as an archive, whose upload can be gone on with, where more than one request were needed', () => {
    expect(way([45 * MB, 45 * MB + 1])).toBe('archive');
  });

  it('is as an archive where images lie in subfolders, which CVAT drops from the name of a file', () => {
    expect(way([1], 'patient/')).toBe('archive');
  });

  it('is as files where an archive would be more than CVAT takes as one upload', () => {
    expect(way(Array.from({ length: 25 }, () => 1024 ** 3))).toBe('files');
  });
});
