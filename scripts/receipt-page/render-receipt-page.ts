import { alignTable } from '../markdown/align-table.ts';
import { receiptSchema } from '../../src/receipts/schema/receipt.ts';
import { fieldsOf, type Field } from './fields.ts';

/** Where the generated part of `docs/receipt.md` begins; what stands before is written by hand. */
export const FIELDS_HEADING = '## Fields';

const AREAS: readonly { readonly title: string; readonly of: (path: string) => boolean }[] = [
  { title: 'The iteration', of: (path) => !/^(?:input|results|chain|cvat|trainer)\b/.test(path) },
  { title: 'What it was started with', of: (path) => /^input\b/.test(path) },
  { title: 'What the steps left behind', of: (path) => /^results\b/.test(path) },
  { title: 'Chain and servers', of: (path) => /^(?:chain|cvat|trainer)\b/.test(path) },
];

/** The tables of all fields of a receipt, from its schema. */
export function renderReceiptFields(): string {
  const fields = fieldsOf(receiptSchema);
  const sections = AREAS.map(({ title, of }) => `### ${title}\n\n${table(fields.filter(({ path }) => of(path)))}\n`);
  return [`${FIELDS_HEADING}\n`, ...sections].join('\n');
}

function table(fields: readonly Field[]): string {
  const rows = fields.map(({ path, type, meaning }) => [`\`${path}\``, type, meaning]);
  return alignTable([['field', 'type', 'meaning'], ...rows]);
}

/** The page with its tables made anew. @throws Error if the page has no place for them */
export function withFields(page: string): string {
  const at = page.indexOf(`${FIELDS_HEADING}\n`);
  if (at < 0) throw new Error(`The page has no heading "${FIELDS_HEADING}".`);
  return page.slice(0, at) + renderReceiptFields();
}
