import { describe, expect, it } from '@jest/globals';
import { withoutPlace } from '../../../src/server/told/without-place.ts';
import { createFolderStore } from '../../../src/storage/folder-store.ts';
import { openApiSite, TOKENS } from '../../kit/api-site.ts';

const changed = (address: string, value: unknown): unknown =>
  JSON.parse(withoutPlace(address)(JSON.stringify(value))) as unknown;

describe('the place of the store', () => {
  it('is taken out of what failures say, of their facts, and of failures inside other answers', () => {
    const failure = (place: string) => ({
      code: 'StoreUnreachable',
      message: `Cannot read "${place}/named/x" in ${place}: full (${place}).`,
      facts: { path: `${place}/sha256`, all: [{ at: place }], retries: 2, none: null },
    });
    const { message: detail, ...rest } = failure('/data');
    const told = failure('the store');
    expect(changed('/data', { ...rest, detail, title: '' })).toEqual({
      ...told,
      message: undefined,
      detail: told.message,
      title: '',
    });
    const view = (place: string) => ({ id: 'P/T', activities: [{ lastFailure: { ...failure(place), code: null } }] });
    expect(changed('/data', view('/data'))).toEqual(view('the store'));
  });

  it('ends where a name goes on: a folder beside it, and an id with the same letters, stay in a failure', () => {
    const message = 'Neither /x/store-frames nor /x/store_2 nor /x/store.old nor SurgVU/x/store nor /y/x/store/a.';
    const failure = { code: 'UnreadableFile', message, facts: { uri: 'file:///x/store/a.png', id: 'SurgVU/x/store' } };
    expect(changed('/x/store', failure)).toEqual(failure);
    const ends = { code: 'StoreUnreachable', message: 'Cannot read /x/store.' };
    expect(changed('/x/store', ends)).toEqual({ ...ends, message: 'Cannot read the store.' });
  });

  it('stays in addresses, ids and all that is no failure', () => {
    const answer = {
      id: 'SurgVU/data_3',
      uri: 'file:///data/masks',
      roots: ['/data', '/data-frames'],
      message: '/data',
    };
    expect(changed('/data', answer)).toEqual(answer);
  });

  it('is looked for as it is, also with letters that a pattern or JSON has a meaning for', () => {
    for (const place of ['/x/st(ore)+', '/x/"st\\ore"', '/x/größe $1']) {
      expect(changed(place, { code: 'StoreUnreachable', message: `Cannot read ${place}/a.` })).toMatchObject({
        message: 'Cannot read the store/a.',
      });
    }
  });

  it('at the beginning of the name of an offered folder changes nothing of what the start page is told', async () => {
    const store = createFolderStore('/no/store');
    const roots = ['/no/store-frames'];
    const site = await openApiSite({}, { store, roots });
    const { json } = await site.ask(TOKENS.operator, 'GET', '/api/v1/roots');
    await site.close();
    expect(json).toEqual({ roots });
  });
});
