import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { listJobs } from '../../../src/api/endpoints/jobs.ts';
import { staleAnswers } from '../../../web/src/live/stale-answers.ts';
import { queryKey } from '../../../web/src/requests/query-key.ts';

/** A page that shows jobs, of which each question is answered when the test says so. */
function shownJobs() {
  const asked: { readonly signal: AbortSignal; readonly answer: (text: string) => void; readonly fail: () => void }[] =
    [];
  const client = new QueryClient({ defaultOptions: { queries: { retry: false, networkMode: 'always' } } });
  const queryFn = async ({ signal }: { readonly signal: AbortSignal }): Promise<string> =>
    new Promise((resolve, reject) => {
      asked.push({ signal, answer: resolve, fail: () => reject(new Error('away')) });
    });
  const shown = new QueryObserver(client, { queryKey: queryKey(listJobs, {}), queryFn });
  const leave = shown.subscribe(() => undefined);
  const settle = async (): Promise<void> => jest.advanceTimersByTimeAsync(1000);
  return { asked, shown, leave, settle, stale: staleAnswers(client) };
}

describe('what is shown while iterations change', () => {
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());

  it('is asked for again when it is there, if it was being read for the first time', async () => {
    const { asked, shown, leave, settle, stale } = shownJobs();
    stale.iterationChanged('P/T');
    await settle();
    expect(asked).toHaveLength(1);
    asked[0]?.answer('before');
    await settle();
    expect(asked).toHaveLength(2);
    asked[1]?.answer('after');
    await settle();
    expect(shown.getCurrentResult().data).toBe('after');
    expect(asked).toHaveLength(2);
    leave();
  });

  it('comes also where changes are faster than answers, which are not broken off', async () => {
    const { asked, shown, leave, settle, stale } = shownJobs();
    asked[0]?.answer('first');
    await settle();
    for (let turn = 0; turn < 5; turn += 1) {
      stale.iterationChanged('P/T');
      await settle();
    }
    expect(asked).toHaveLength(2);
    expect(asked[1]?.signal.aborted).toBe(false);
    asked[1]?.answer('second');
    await settle();
    expect(shown.getCurrentResult().data).toBe('second');
    // Once for all the changes meanwhile.
    expect(asked).toHaveLength(3);
    leave();
  });

  it('is asked for again also where what was under way could not be answered', async () => {
    const { asked, leave, settle, stale } = shownJobs();
    stale.iterationChanged('P/T');
    await settle();
    asked[0]?.fail();
    await settle();
    expect(asked).toHaveLength(2);
    leave();
  });
});
