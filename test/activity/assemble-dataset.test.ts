import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { createAssembleDataset } from '../../src/activities/assemble-dataset.ts';
import { quietEnvironment } from '../kit/activity-site.ts';
import { openConversionSite, type ConversionSite } from '../kit/conversion-site.ts';

let site: ConversionSite;
afterEach(async () => site.close());

describe('a document that could not be read again', () => {
  it('is refused before it is stored; a byte shorter it is not', async () => {
    site = await openConversionSite();
    const input = await site.input();
    const { preannotations } = await site.convert(input);
    const { sha256 } = preannotations;
    const stored = join(site.storeDir, 'sha256', sha256.slice(0, 2), sha256);
    await rm(stored);
    const plan = await site.run('planConversion', { input });
    const assemble = async (maxBytes: number) =>
      quietEnvironment().run(createAssembleDataset({ store: site.store }, maxBytes), { id: 'a', input, plan });
    await expect(assemble(preannotations.bytes - 1)).rejects.toMatchObject({ type: 'DocumentTooLarge' });
    await expect(readFile(stored)).rejects.toMatchObject({ code: 'ENOENT' });
    expect(await assemble(preannotations.bytes)).toMatchObject({ preannotations });
  });
});
