import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { readNotices } from '../../../src/config/notices.ts';
import type { ProblemSink } from '../../../src/config/problems.ts';
import type { Env } from '../../../src/config/variables.ts';

function read(env: Env) {
  const problems: string[] = [];
  const sink: ProblemSink = { add: (setting, problem) => void problems.push(`${setting} ${problem}`) };
  return { config: readNotices(env, sink), problems };
}

describe('the settings of notices', () => {
  it('may all be left out', () => {
    expect(read({})).toEqual({ config: { slack: null, email: null, webhook: null }, problems: [] });
  });

  it('are read, a secret also from a file, anew each time', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'maskloop-settings-'));
    const file = join(dir, 'smtp');
    await writeFile(file, 'smtps://me:one@mail.example\n');
    const { config, problems } = read({
      MASKLOOP_SLACK_WEBHOOK: 'https://hooks.slack.example/services/T0/B0/x',
      MASKLOOP_SMTP_URL_FILE: file,
      MASKLOOP_MAIL_FROM: 'maskloop@lab.example',
      MASKLOOP_NOTICE_URL: 'https://lab.example/notices/',
      MASKLOOP_NOTICE_SECRET: 'a secret',
    });
    expect(problems).toEqual([]);
    expect(config.slack?.read()).toBe('https://hooks.slack.example/services/T0/B0/x');
    expect(config.webhook).toMatchObject({ url: 'https://lab.example/notices' });
    expect(config.email?.url.read()).toBe('smtps://me:one@mail.example');
    await writeFile(file, 'smtps://me:two@mail.example\n');
    expect(config.email?.url.read()).toBe('smtps://me:two@mail.example');
    await rm(dir, { recursive: true });
  });

  it('are refused without their values in the words', () => {
    const { problems } = read({
      MASKLOOP_SLACK_WEBHOOK: 'hooks.slack.example/secret-path',
      MASKLOOP_SMTP_URL: 'mail.example/secret-login',
      MASKLOOP_NOTICE_URL: 'https://me:secret-word@lab.example',
    });
    expect(problems.map((problem) => problem.split(' ')[0])).toEqual([
      'MASKLOOP_SLACK_WEBHOOK',
      'MASKLOOP_SMTP_URL',
      'MASKLOOP_NOTICE_URL',
    ]);
    expect(problems.join()).not.toContain('secret-');
    expect(read({ MASKLOOP_SMTP_URL: 'smtp://mail.example' }).problems.join()).toMatch(/^MASKLOOP_MAIL_FROM is needed/);
    const injected = {
      MASKLOOP_SMTP_URL: 'smtp://mail.example',
      MASKLOOP_MAIL_FROM: 'a@b.example\r\nBcc: c@d.example',
    };
    expect(read(injected).problems.join()).toMatch(/^MASKLOOP_MAIL_FROM is no e-mail address/);
  });
});
