import { describe, expect, it } from '@jest/globals';
import { fc } from '../../kit/seeded-properties.ts';
import { MAX_SHARDS, shardSize } from '../../../src/activities/shard-size.ts';

describe('the size of shards', () => {
  it('is what was asked for as long as the masks fit into 64 of them', () => {
    expect(shardSize(1, 500)).toBe(500);
    expect(shardSize(32_000, 500)).toBe(500);
    expect(shardSize(64, 1)).toBe(1);
  });

  it('doubles beyond, so that some masks more do not move the borders', () => {
    expect(shardSize(32_001, 500)).toBe(1000);
    expect(shardSize(40_000, 500)).toBe(1000);
    expect(shardSize(1_000_000, 500)).toBe(16_000);
    expect(shardSize(65, 1)).toBe(2);
  });

  it('never makes more than 64 shards, nor shards twice as large as needed', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10_000_000 }), fc.integer({ min: 1, max: 100_000 }), (masks, wanted) => {
        const size = shardSize(masks, wanted);
        expect(Math.ceil(masks / size)).toBeLessThanOrEqual(MAX_SHARDS);
        if (size > wanted) expect(Math.ceil(masks / (size / 2))).toBeGreaterThan(MAX_SHARDS);
      }),
    );
  });
});
