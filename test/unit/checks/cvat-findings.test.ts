import { describe, expect, it } from '@jest/globals';
import {
  clockFinding,
  importFinding,
  memberFinding,
  personalFinding,
  tokenFinding,
  versionFinding,
} from '../../../src/checks/cvat-findings.ts';

const NOW = Date.parse('2026-03-01T00:00:00Z');
const user = { username: 'maya', isActive: true, isAdmin: false, groups: ['user'] };

describe('what is said of a CVAT', () => {
  it.each([
    ['2.54.0', 'ok'],
    ['2.54.1', 'ok'],
    ['2.60.0', 'ok'],
    ['2.73.9', 'ok'],
    ['2.53.9', 'warning'],
    ['2.9.0', 'warning'],
    ['2.74.0', 'warning'],
    ['2.100.0', 'warning'],
    ['3.0.0', 'warning'],
    ['1.7.0', 'warning'],
  ])('takes version %s for %s', (version, level) => {
    expect(versionFinding(version, 'http://c')).toMatchObject({ level });
  });

  it('says on which side of the tested versions another one lies', () => {
    expect(versionFinding('2.53.0', 'http://c').message).toContain('older');
    expect(versionFinding('2.80.0', 'http://c').message).toContain('newer');
  });

  it.each([
    [null, null],
    [-1500, null],
    [29_000, null],
    [31_000, "CVAT's clock is 31 s ahead of the clock here"],
    [-3_600_000, "CVAT's clock is 3600 s behind the clock here"],
  ])('says of a clock that is %s ms ahead: %s', (aheadMs, message) => {
    expect(clockFinding(aheadMs)?.message ?? null).toBe(message);
  });

  it.each([
    ['may only read', { readOnly: true, expiresAt: null }, 'problem'],
    ['ends in 29 days', { readOnly: false, expiresAt: '2026-03-30T12:00:00Z' }, 'warning'],
    ['ends in 31 days', { readOnly: false, expiresAt: '2026-04-01T12:00:00Z' }, 'ok'],
    ['does not end', { readOnly: false, expiresAt: null }, 'ok'],
  ])('says that a token %s', (text, token, level) => {
    const [finding] = tokenFinding({ name: 'maskloop', ...token }, NOW);
    expect(finding).toMatchObject({ level, message: expect.stringContaining(text) });
  });

  it('says nothing of a token where the login is a password or a login key', () => {
    expect(tokenFinding(null, NOW)).toEqual([]);
  });

  it.each([
    ['owner', false, 'ok'],
    ['maintainer', false, 'ok'],
    ['supervisor', false, 'warning'],
    ['worker', false, 'problem'],
    [null, false, 'problem'],
    [null, true, 'ok'],
  ])('takes the role %s (administrator: %s) for %s', (role, isAdmin, level) => {
    expect(memberFinding('lab', { ...user, isAdmin }, role)).toMatchObject({ level });
  });

  it('lets users and administrators work without an organization, and nobody else', () => {
    expect(personalFinding(user).level).toBe('ok');
    expect(personalFinding({ ...user, isAdmin: true, groups: [] }).level).toBe('ok');
    expect(personalFinding({ ...user, groups: ['worker'] }).level).toBe('problem');
    expect(personalFinding({ ...user, groups: [] }).level).toBe('problem');
  });

  it('misses the format that is needed', () => {
    expect(importFinding(['CVAT 1.1', 'COCO Keypoints 1.0']).level).toBe('problem');
    expect(importFinding(['COCO 1.0']).level).toBe('ok');
  });
});
