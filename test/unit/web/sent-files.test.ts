import { describe, expect, it } from '@jest/globals';
import { Refusal } from '../../../web/src/requests/refusal.ts';
import { problemOf } from '../../../web/src/states/problem-of.ts';
import { sentFiles, type SendFiles } from '../../../web/src/uploads/sent-files.ts';

const MASKS = { what: 'masks', uri: 'store:sha256/aa/aa' };
const IMAGES = { what: 'images', uri: 'store:sha256/bb/bb' };
const IN_PLACE = { what: 'held-out images', uri: 'file:///data/images' };

function refusal(code: string): Refusal {
  const said = { type: '', title: '', status: 404, detail: '', code, action: '', facts: {} };
  return new Refusal(said, null);
}

/** A server that has begun anew: it knows what is sent to it from now on. */
function begunAnew() {
  const has = new Set<string>();
  const said: (string | null)[] = [];
  const files = sentFiles((words) => void said.push(words));
  const sending =
    (uri: string): SendFiles =>
    async ({ onProgress }) => {
      onProgress({ words: 'Read 1 of 1 files', share: 1 });
      has.add(uri);
      return { uri };
    };
  let starts = 0;
  const start = async (): Promise<string> => {
    starts += 1;
    if (!has.has(MASKS.uri)) throw refusal('FileUnknown');
    if (!has.has(IMAGES.uri)) throw refusal('ArtifactMissing');
    return 'started';
  };
  const code = async (named = [MASKS, IMAGES, IN_PLACE]): Promise<unknown> =>
    files.withFiles(named, start).catch((error: unknown) => problemOf(error));
  return { has, said, files, sending, code, starts: () => starts };
}

describe('files that the server does not know any more', () => {
  it('are sent again by themselves, with a word, and what was asked is asked once more', async () => {
    const { said, files, sending, code, starts } = begunAnew();
    for (const { uri } of [MASKS, IMAGES]) files.remember(uri, sending(uri));
    expect(await code()).toBe('started');
    expect(starts()).toBe(2);
    expect(said).toContain('Sending the masks again: Read 1 of 1 files …');
    expect(said.at(-1)).toBeNull();
    said.length = 0;
    expect(await code()).toBe('started');
    expect([starts(), said]).toEqual([3, []]);
  });

  it('are to be chosen again where the page has not sent them, or cannot read them, or reads others', async () => {
    const changed: SendFiles = async () => Promise.reject(new Error('NotReadableError'));
    const other: SendFiles = async () => ({ uri: 'store:sha256/cc/cc' });
    for (const send of [null, changed, other]) {
      const { files, sending, code } = begunAnew();
      files.remember(MASKS.uri, sending(MASKS.uri));
      if (send !== null) files.remember(IMAGES.uri, send);
      const told = await code();
      expect(told).toMatchObject({ code: 'FilesToChooseAgain', detail: expect.stringMatching(/: images\.$/) });
    }
  });

  it('are not sent for another refusal, nor without end, and a server that is away is told of as that', async () => {
    const { files, sending, code, starts } = begunAnew();
    const away: SendFiles = async () => Promise.reject(refusal('ServerUnreachable'));
    files.remember(MASKS.uri, away);
    expect(await code()).toMatchObject({ code: 'ServerUnreachable' });
    expect(starts()).toBe(1);
    const busy = async (): Promise<never> => Promise.reject(refusal('CvatUnreachable'));
    await expect(files.withFiles([MASKS], busy)).rejects.toMatchObject({ problem: { code: 'CvatUnreachable' } });
    // The store lacks something else.
    files.remember(MASKS.uri, sending(MASKS.uri));
    expect(await code([MASKS])).toMatchObject({ code: 'ArtifactMissing' });
    expect(starts()).toBe(3);
  });
});
