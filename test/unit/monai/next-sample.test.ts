import { describe, expect, it } from '@jest/globals';
import { CRASH, fakeServers, json } from './fake-server.ts';
import { INFO_EMPTY } from './recorded.ts';

const serve = fakeServers();
const INFO = { ...INFO_EMPTY, strategies: { random: {}, first: {} } };

describe('the next sample', () => {
  it('is asked for again where everything was proposed within the same second', async () => {
    let asked = 0;
    const { client, calls } = await serve(({ call }) => {
      if (call === 'GET /info/') return json(INFO);
      asked += 1;
      return asked === 1 ? CRASH : json({ id: 'img_7', weight: 2 });
    });
    expect(await client.nextSample('random')).toBe('img_7');
    expect(calls()).toEqual(['POST /activelearning/random', 'GET /info/', 'POST /activelearning/random']);
  });

  it('is refused at once for a strategy that the server does not have', async () => {
    const { client, calls } = await serve(({ call }) => (call === 'GET /info/' ? json(INFO) : CRASH));
    await expect(client.nextSample('nope')).rejects.toMatchObject({
      code: 'MonaiRejected',
      facts: { strategy: 'nope', strategies: ['random', 'first'] },
    });
    expect(calls()).toHaveLength(2);
  });
});
