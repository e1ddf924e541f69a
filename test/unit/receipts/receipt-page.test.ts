import { readFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import { fieldsOf } from '../../../scripts/receipt-page/fields.ts';
import { withFields } from '../../../scripts/receipt-page/render-receipt-page.ts';
import { receiptSchema } from '../../../src/receipts/schema/receipt.ts';

const page = await readFile(new URL('../../../docs/receipt.md', import.meta.url), 'utf8');

describe('the page about receipts', () => {
  it('is what `npm run write-receipt-page` writes', () => {
    expect(withFields(page)).toBe(page);
  });

  it('has every field of the schema, each with its meaning', () => {
    const fields = fieldsOf(receiptSchema);
    const paths = fields.map(({ path }) => path);
    expect(paths).toEqual(expect.arrayContaining(['chain.previous.sha256', 'results.labels.manifest.sha256']));
    expect(fields.filter(({ meaning }) => meaning === '').map(({ path }) => path)).toEqual([]);
    for (const path of paths) expect(page).toContain(`| \`${path}\` `);
  });
});
