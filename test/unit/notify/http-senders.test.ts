import { createHmac } from 'node:crypto';
import { createServer, type Socket, type AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { isSigned } from '../../../src/cvat/webhook-signature.ts';
import { post } from '../../../src/notify/post.ts';
import { slackSender } from '../../../src/notify/slack/send-slack.ts';
import { webhookSender } from '../../../src/notify/webhook/send-webhook.ts';
import { someMessage } from '../../kit/notices/message.ts';
import { startReceiver, type Receiver } from '../../kit/notices/receiver.ts';

const { signal } = new AbortController();
const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()));
});

async function receiver(...args: Parameters<typeof startReceiver>): Promise<Receiver> {
  const started = await startReceiver(...args);
  open.push(started);
  return started;
}

/** A port behind which bytes are taken, and `then` happens to the connection. */
async function rawPort(then: (socket: Socket) => void): Promise<string> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    then(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  open.push({
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function posted(url: string, timeoutMs = 2000) {
  return post({ url, headers: {}, body: '{}', signal, timeoutMs });
}

describe('a post', () => {
  it('is acknowledged by any answer of 2xx', async () => {
    const { url } = await receiver((response) => response.writeHead(202).end());
    expect(await posted(url)).toEqual({ kind: 'acknowledged' });
  });

  it.each([301, 400, 404, 410, 500, 503])('is refused by an answer of %i, in its words', async (status) => {
    const { url, received } = await receiver((response) => {
      response.writeHead(status, { Location: '/elsewhere' }).end('no\n such hook');
    });
    expect(await posted(url)).toEqual({ kind: 'refused', reason: `it answered ${status}: no such hook` });
    expect(received).toHaveLength(1);
  });

  it('waits as long as the receiver asks for', async () => {
    const { url } = await receiver((response) => response.writeHead(429, { 'Retry-After': '90' }).end());
    expect(await posted(url)).toMatchObject({ kind: 'refused', retryAfterMs: 90_000 });
  });

  it('is refused where nobody listens', async () => {
    const { url, close } = await startReceiver();
    await close();
    expect(await posted(url)).toEqual({ kind: 'refused', reason: 'no connection came about (ECONNREFUSED)' });
  });

  it('is unknown where the connection breaks after the request', async () => {
    const url = await rawPort((socket) => socket.once('data', () => socket.destroy()));
    expect(await posted(url)).toMatchObject({ kind: 'unknown' });
  });

  it('is unknown where no answer comes in time', async () => {
    const url = await rawPort(() => undefined);
    expect(await posted(url, 150)).toMatchObject({ kind: 'unknown' });
  });

  it('to a program that speaks no TLS is refused, since nothing of it was sent', async () => {
    const url = await rawPort((socket) => socket.once('data', () => socket.end('HTTP/1.1 400 no\r\n\r\n')));
    expect(await posted(url.replace('http:', 'https:'))).toMatchObject({ kind: 'refused' });
  });
});

describe('Slack', () => {
  it('gets the text as it is, with those whom it is for', async () => {
    const { url, received } = await receiver();
    const text = 'Iteration_<!channel>_1 & *more*: maskloop status a_b_c';
    const send = slackSender(() => `${url}/services/T0/B0/secret`);
    await send(someMessage({ text, to: { emails: [], slack: ['U024BE7LH'] } }), signal);
    await send(someMessage({ text, whom: ['<!everyone>'], to: { emails: [], slack: [] } }), signal);
    const [mentioned, named] = received.map(({ body }) => JSON.parse(body) as { text: string; mrkdwn: boolean });
    expect(mentioned).toMatchObject({
      text: '<@U024BE7LH>: Iteration_&lt;!channel&gt;_1 &amp; *more*: maskloop status a_b_c',
      mrkdwn: false,
    });
    expect(named?.text).toMatch(/^&lt;!everyone&gt;: /);
  });

  it('tells nobody its address, whatever goes wrong', async () => {
    const { url, close } = await startReceiver();
    await close();
    const secret = `${url}/services/T0/B0/very-secret`;
    for (const address of [secret, 'no address very-secret', 'ftp://very-secret']) {
      const outcome = await slackSender(() => address)(someMessage(), signal);
      expect(outcome.kind).toBe('refused');
      expect(JSON.stringify(outcome)).not.toContain('very-secret');
    }
  });
});

describe('the webhook', () => {
  it('is signed as CVAT signs, and carries id and time in headers and body', async () => {
    const { url, received } = await receiver();
    const message = someMessage({ channel: 'webhook' });
    const secret = 'a secret of the team';
    expect(await webhookSender({ url, readSecret: () => secret })(message, signal)).toEqual({ kind: 'acknowledged' });
    const [one] = received;
    if (one === undefined) throw new Error('nothing was received');
    const { headers, body } = one;
    expect(headers['x-signature-256']).toBe(`sha256=${createHmac('sha256', secret).update(body).digest('hex')}`);
    expect(isSigned(Buffer.from(body), String(headers['x-signature-256']), secret)).toBe(true);
    expect(headers).toMatchObject({ 'x-maskloop-id': message.key, 'x-maskloop-time': message.createdAt });
    expect(JSON.parse(body)).toMatchObject({
      id: message.key,
      at: message.createdAt,
      kind: 'attention',
      whom: ['lena'],
    });
  });
});
