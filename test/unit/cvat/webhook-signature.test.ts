import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { isSigned } from '../../../src/cvat/webhook-signature.ts';

const { samples, secrets } = z
  .object({
    samples: z.array(z.object({ version: z.string(), body: z.string(), signature: z.string() })),
    secrets: z.array(z.string()),
  })
  .parse(JSON.parse(readFileSync(new URL('../../fixtures/cvat-webhooks.json', import.meta.url), 'utf8')));

describe('the signature of a message', () => {
  it.each(samples)(
    'of CVAT $version holds under the secret that the recording was made with, and no other',
    (sample) => {
      const body = Buffer.from(sample.body);
      expect(secrets.filter((secret) => isSigned(body, sample.signature, secret))).toHaveLength(1);
      expect(isSigned(body, sample.signature, 'another secret')).toBe(false);
    },
  );

  it('breaks with any byte of the message', () => {
    const [sample] = samples;
    const secret = secrets.find((one) => isSigned(Buffer.from(sample?.body ?? ''), sample?.signature, one)) ?? '';
    expect(secret).not.toBe('');
    const changed = Buffer.from(sample?.body ?? '');
    changed[changed.length - 1] = 0x20;
    expect(isSigned(changed, sample?.signature, secret)).toBe(false);
    // The same JSON with other blanks is another message.
    const again = Buffer.from(JSON.stringify(JSON.parse(sample?.body ?? '')));
    expect(isSigned(again, sample?.signature, secret)).toBe(false);
  });

  it.each([
    undefined,
    '',
    'sha256=',
    'sha256=zz',
    `sha1=${'a'.repeat(64)}`,
    `sha256=${'A'.repeat(64)}`,
    `sha256=${'a'.repeat(63)}`,
  ])('is refused in any other form: %s', (signature) => {
    expect(isSigned(Buffer.from('{}'), signature, 'secret')).toBe(false);
  });

  it('cannot be made with an empty secret', async () => {
    const { createHmac } = await import('node:crypto');
    const signature = `sha256=${createHmac('sha256', '').update('{}').digest('hex')}`;
    expect(isSigned(Buffer.from('{}'), signature, '')).toBe(false);
  });
});
