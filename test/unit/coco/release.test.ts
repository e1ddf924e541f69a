import { describe, expect, it } from '@jest/globals';
import { release } from '../../../src/coco/png/release.ts';

describe('release', () => {
  it('takes the memory of a large array away at once', () => {
    const bytes = new Uint8Array(2 ** 20);
    release(bytes);
    expect([bytes.length, bytes.buffer.byteLength]).toEqual([0, 0]);
  });

  it('leaves small arrays alone, which may share their memory', () => {
    const bytes = Buffer.from('shared');
    release(bytes);
    expect(bytes.toString()).toBe('shared');
  });
});
