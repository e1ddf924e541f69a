import { describe, expect, it } from '@jest/globals';
import { neverAccepted } from '../../../../src/activities/training/submit-run.ts';
import { MaskloopError } from '../../../../src/contracts/error.ts';
import { createMonaiLabel } from '../../../../src/monai/client.ts';
import { fakeServers, json } from '../../monai/fake-server.ts';
import { BUSY, INFO_EMPTY } from '../../monai/recorded.ts';

const serve = fakeServers();

async function failureOf(answer: 'reset' | 'crash' | 'busy' | 'rejected'): Promise<unknown> {
  const { client } = await serve(({ call }) => {
    if (call === 'GET /info/') return json(INFO_EMPTY);
    if (answer === 'reset') return null;
    if (answer === 'crash') return { status: 500, type: 'text/plain', body: 'Internal Server Error' };
    return answer === 'busy' ? json(BUSY, 429) : json({ detail: 'no' }, 422);
  });
  return client.startTraining('tinyseg', { name: 'a', maxEpochs: 1 }).catch((error: unknown) => error);
}

describe('a request for a training that failed', () => {
  it('was never accepted if the server refused it, or was never reached', async () => {
    expect(neverAccepted(await failureOf('busy'))).toBe(true);
    expect(neverAccepted(await failureOf('rejected'))).toBe(true);
    const nobody = createMonaiLabel({ url: 'http://127.0.0.1:9' });
    const unreached = await nobody.startTraining('m', { name: 'a', maxEpochs: 1 }).catch((error: unknown) => error);
    expect(neverAccepted(unreached)).toBe(true);
  });

  it('may have been accepted if the connection broke, the server crashed, or its answer was not understood', async () => {
    expect(neverAccepted(await failureOf('reset'))).toBe(false);
    expect(neverAccepted(await failureOf('crash'))).toBe(false);
    expect(neverAccepted(new MaskloopError('MonaiUnexpectedAnswer', 'no JSON'))).toBe(false);
    expect(neverAccepted(new TypeError('a defect'))).toBe(false);
  });
});
