import { createHmac } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { signatureCheck } from '../../../src/server/webhook-secret.ts';

const BODY = Buffer.from('{}');
const signed = (secret: string): string => `sha256=${createHmac('sha256', secret).update(BODY).digest('hex')}`;

describe('a secret that is replaced while the server runs', () => {
  it('is read again when a signature fails, and the old one holds no longer', () => {
    let now = 0;
    let secret = 'old';
    const check = signatureCheck({ read: () => secret }, () => now);
    now = 2000;
    expect(check(BODY, signed('old'))).toBe(true);
    secret = 'new';
    expect(check(BODY, signed('new'))).toBe(true);
    now = 4000;
    expect(check(BODY, signed('old'))).toBe(false);
    expect(check(BODY, signed('new'))).toBe(true);
  });

  it('is not read for every forged message', () => {
    let now = 0;
    let reads = 0;
    const check = signatureCheck({ read: () => `secret ${(reads += 1)}` }, () => now);
    for (let times = 0; times < 1000; times += 1) {
      now += 10;
      expect(check(BODY, signed('forged'))).toBe(false);
    }
    expect(reads).toBeLessThanOrEqual(11);
  });

  it('stays as it was while its file cannot be read', () => {
    let now = 0;
    let isThere = true;
    const read = (): string => {
      if (!isThere) throw new Error('gone');
      return 'secret';
    };
    const check = signatureCheck({ read }, () => now);
    isThere = false;
    now = 5000;
    expect(check(BODY, signed('forged'))).toBe(false);
    expect(check(BODY, signed('secret'))).toBe(true);
  });
});
