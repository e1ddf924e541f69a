import { createServer, type AddressInfo, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { emailSender } from '../../../src/notify/email/send-email.ts';
import type { Message } from '../../../src/notify/message.ts';
import { startMailServer, type MailServer } from '../../kit/notices/mail-server.ts';
import { someMessage } from '../../kit/notices/message.ts';

const FROM = 'maskloop@lab.example';
const open: MailServer[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()));
});

async function mailServer(...args: Parameters<typeof startMailServer>): Promise<MailServer> {
  const started = await startMailServer(...args);
  open.push(started);
  return started;
}

async function send(url: string, changes: Partial<Message> = {}, signal = new AbortController().signal) {
  return emailSender({ readUrl: () => url, from: FROM })(someMessage({ channel: 'email', ...changes }), signal);
}

function smtpError(code: number, text: string): Error {
  return Object.assign(new Error(text), { responseCode: code });
}

/** The headers of a letter, unfolded. */
function headersOf(source: string): readonly string[] {
  const [head = ''] = source.split('\r\n\r\n');
  return head.replaceAll(/\r\n[ \t]+/g, ' ').split('\r\n');
}

/** The lines of a letter, as quoted-printable means them. */
function unfolded(source = ''): string {
  return source.replaceAll('=\r\n', '').replaceAll('=3D', '=');
}

describe('a letter', () => {
  it('is acknowledged once the mail server has it', async () => {
    const { url, letters } = await mailServer();
    expect(await send(url)).toEqual({ kind: 'acknowledged' });
    expect(letters).toHaveLength(1);
    expect(letters[0]).toMatchObject({ from: FROM, to: ['lena@lab.example'] });
    const headers = headersOf(letters[0]?.source ?? '');
    expect(headers).toContain('Subject: SurgVU / Iteration_1 needs a decision');
    expect(headers).toContain(`Message-ID: <${someMessage({ channel: 'email' }).key}@maskloop>`);
    expect(unfolded(letters[0]?.source)).toContain('<a href="http://cvat.example/tasks/7">');
  });

  it('logs in with name and password, and tells nobody the password', async () => {
    const logins: string[] = [];
    const { port } = await mailServer(undefined, {
      disabledCommands: ['STARTTLS'],
      allowInsecureAuth: true,
      onAuth: ({ username = '', password = '' }, _, callback) => {
        logins.push(`${username} ${password}`);
        if (password === 'right') callback(null, { user: username });
        else callback(smtpError(535, 'no'));
      },
    });
    expect(await send(`smtp://me:right@127.0.0.1:${port}`)).toEqual({ kind: 'acknowledged' });
    const refusal = await send(`smtp://me:wrong-secret@127.0.0.1:${port}`);
    expect(refusal).toEqual({ kind: 'refused', reason: 'the mail server answered 535 (EAUTH)' });
    expect(logins).toEqual(['me right', 'me wrong-secret']);
  });

  it.each([450, 550])('is refused where the server answers %i to the recipient', async (code) => {
    const { url } = await mailServer(undefined, {
      onRcptTo: (_, __, callback) => callback(smtpError(code, 'not here')),
    });
    expect(await send(url)).toEqual({ kind: 'refused', reason: `the mail server answered ${code} (EENVELOPE)` });
  });

  it('is refused where the server answers 4xx or 5xx to the letter itself', async () => {
    const { url } = await mailServer(() => {
      throw smtpError(552, 'too large');
    });
    expect(await send(url)).toEqual({ kind: 'refused', reason: 'the mail server answered 552 (EMESSAGE)' });
  });

  it('is refused where nobody listens', async () => {
    const { url, close } = await startMailServer();
    await close();
    expect(await send(url)).toMatchObject({ kind: 'refused' });
  });

  it('is unknown where the connection breaks after the letter, before the server confirms it', async () => {
    const { port } = await startBreaking();
    expect(await send(`smtp://127.0.0.1:${port}`)).toMatchObject({ kind: 'unknown' });
  });

  it('is unknown where it is interrupted while the server is silent', async () => {
    const controller = new AbortController();
    const { url, letters } = await mailServer(async () => {
      controller.abort();
      await new Promise((resolve) => setTimeout(resolve, 200));
    });
    expect(await send(url, {}, controller.signal)).toMatchObject({ kind: 'unknown' });
    expect(letters).toHaveLength(1);
  });

  it('that is interrupted before the mail server has greeted is refused, and is not sent when it greets', async () => {
    const sockets: Socket[] = [];
    const commands: string[] = [];
    const server = createServer((socket) => {
      sockets.push(socket);
      socket.on('error', () => undefined);
      socket.on('data', (bytes) => {
        commands.push(bytes.toString());
        socket.write(/^DATA/i.test(bytes.toString()) ? '354 go on\r\n' : '250 ok\r\n');
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    expect(await send(`smtp://127.0.0.1:${port}`, {}, AbortSignal.timeout(100))).toMatchObject({ kind: 'refused' });
    sockets[0]?.write('220 here\r\n');
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(commands.join('')).not.toContain('Iteration_1');
    for (const socket of sockets) socket.destroy();
    await new Promise<void>((resolve) => server.close(() => resolve()));
  });

  it('gets no further header, recipient or markup from a name', async () => {
    const { url, letters } = await mailServer();
    const subject = 'Iteration\r\nBcc: spy@evil.example\r\n\r\n<b>body</b>';
    await send(url, { subject, text: 'from <script>alert("&")</script> http://cvat.example/?a="onload=' });
    const [letter] = letters;
    expect(letter?.to).toEqual(['lena@lab.example']);
    const headers = headersOf(letter?.source ?? '');
    expect(headers.filter((line) => /^bcc:/i.test(line))).toEqual([]);
    expect(headers).toContain('Subject: Iteration Bcc: spy@evil.example <b>body</b>');
    const [, html = ''] = unfolded(letter?.source).split('Content-Type: text/html');
    expect(html).not.toContain('<script>');
    expect(html).toContain('&lt;script&gt;');
  });
});

/** A server that takes a letter and hangs up instead of confirming it. */
async function startBreaking(): Promise<{ readonly port: number }> {
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.write('220 here\r\n');
    let isLetter = false;
    socket.on('data', (bytes) => {
      const text = bytes.toString();
      if (isLetter) {
        if (text.endsWith('\r\n.\r\n')) socket.destroy();
      } else if (/^DATA/i.test(text)) {
        isLetter = true;
        socket.write('354 go on\r\n');
      } else socket.write('250 ok\r\n');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  open.push({ url: '', port, letters: [], close: async () => new Promise((resolve) => server.close(() => resolve())) });
  return { port };
}
