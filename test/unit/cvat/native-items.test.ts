import { describe, expect, it } from '@jest/globals';
import type { NativeAnnotations, NativeItem } from '../../../src/cvat/native-annotations.ts';
import { contentDigest, difference, sameContent, withoutIds } from '../../../src/cvat/native-items.ts';

const shape = (changes: NativeItem = {}): NativeItem => ({
  id: 7,
  type: 'mask',
  frame: 1,
  label_id: 2,
  points: [0, 4, 1, 1, 2, 2],
  attributes: [
    { spec_id: 1, value: 'a' },
    { spec_id: 2, value: 'b' },
  ],
  elements: [],
  ...changes,
});
const held = (...shapes: NativeItem[]): NativeAnnotations => ({ shapes, tracks: [], tags: [] });

describe('native annotations', () => {
  it('lose their ids everywhere, and nothing else', () => {
    const track = {
      id: 1,
      frame: 0,
      shapes: [{ id: 5, frame: 0, attributes: [{ spec_id: 3, value: 'x' }] }],
      elements: [{ id: 9, type: 'points' }],
    };
    expect(withoutIds({ shapes: [], tracks: [track], tags: [{ id: 3, frame: 2 }] })).toEqual({
      shapes: [],
      tracks: [
        { frame: 0, shapes: [{ frame: 0, attributes: [{ spec_id: 3, value: 'x' }] }], elements: [{ type: 'points' }] },
      ],
      tags: [{ frame: 2 }],
    });
  });

  it('are the same whatever their ids, order, order of fields and order of attributes', () => {
    const turned = Object.fromEntries(
      Object.entries(
        shape({
          id: 1,
          attributes: [
            { value: 'b', spec_id: 2 },
            { value: 'a', spec_id: 1 },
          ],
        }),
      ).toReversed(),
    );
    expect(sameContent(held(shape(), shape({ frame: 2 })), held(shape({ id: 3, frame: 2 }), turned))).toBe(true);
    expect(contentDigest([held(shape())])).toBe(contentDigest([held(turned)]));
  });

  it.each([
    { frame: 2 },
    { source: 'manual' },
    { points: [0, 4, 1, 1, 2, 3] },
    { attributes: [{ spec_id: 1, value: 'b' }] },
    { group: 1 },
    { elements: [{ type: 'points' }] },
  ])('differ by %j', (change) => {
    expect(sameContent(held(shape()), held(shape(change)))).toBe(false);
    expect(contentDigest([held(shape())])).not.toBe(contentDigest([held(shape(change))]));
  });

  it('count equal items as often as they occur', () => {
    expect(sameContent(held(shape(), shape()), held(shape()))).toBe(false);
    expect(difference(held(shape(), shape({ id: 8 })), held(shape())).shapes).toHaveLength(1);
  });

  it('differ by kind: the same item as a tag is another thing', () => {
    const tag = { shapes: [], tracks: [], tags: [shape()] };
    expect(sameContent(held(shape()), tag)).toBe(false);
    expect(contentDigest([held(shape())])).not.toBe(contentDigest([tag]));
  });
});
