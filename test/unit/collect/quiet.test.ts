import { describe, expect, it } from '@jest/globals';
import { newestChange } from '../../../src/collect/quiet.ts';

describe('the newest change of jobs', () => {
  it.each([
    ['a fraction of a second that is written', '2026-01-01T00:00:00Z', '2026-01-01T00:00:00.500000Z'],
    ['a microsecond', '2026-01-01T00:00:00.123400Z', '2026-01-01T00:00:00.123401Z'],
    ['an hour', '2026-01-01T00:00:00.900000Z', '2026-01-01T01:00:00.100000Z'],
  ])('is told from one that is older by %s', (_, older, newer) => {
    expect(newestChange([{ updatedAt: older }, { updatedAt: newer }])).toBe(newer);
    expect(newestChange([{ updatedAt: newer }, { updatedAt: older }])).toBe(newer);
  });
});
