import { describe, expect, it } from '@jest/globals';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { openStore } from '../../../src/storage/open-store.ts';
import { temporaryFolders } from './temporary-folder.ts';

const newFolder = temporaryFolders();

describe('openStore', () => {
  it('opens a folder by its path or by its file address, as the same store', async () => {
    const folder = await newFolder();
    const ref = await openStore(folder).put(Buffer.from('x'));
    const store = openStore(pathToFileURL(folder).href);
    expect(String(Buffer.from(await store.get(ref)))).toBe('x');
    expect(store.address).toBe(folder);
    expect(openStore('./some/store').address).toBe(resolve('some/store'));
  });

  it.each(['', '  ', 's3://bucket/prefix', 'https://host/store', 'file://otherhost/store'])('refuses %j', (address) => {
    expect(() => openStore(address)).toThrow(expect.objectContaining({ code: 'InvalidConfiguration' }));
  });

  it('says that S3 is not there yet, without repeating credentials', () => {
    const address = 's3://KEY:SECRET@bucket/prefix?token=T';
    expect(() => openStore(address)).toThrow(/^The store address 's3:\/\/bucket\/prefix'.*stores in folders only/);
  });
});
