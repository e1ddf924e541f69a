import type { IterationFilter } from '../../../api/endpoints/iterations.ts';
import * as api from '../../../api/endpoints/iterations.ts';
import { placeOfId } from '../../../contracts/ids.ts';
import type { ListFilter } from '../../../operations/lists/listed-iteration.ts';
import { readPage } from '../../../receipts/page/read-page.ts';
import { renderPage } from '../../../receipts/page/render-page.ts';
import { verifyReceipt } from '../../../receipts/verify/verify-receipt.ts';
import { sees } from '../../access/principal.ts';
import type { ApiParts } from '../api-parts.ts';
import { withoutOthers } from '../without-others.ts';
import type { Serve } from '../serve.ts';

const PAGE = 50;

/** The page of a receipt brings its own styles and pictures, and needs nothing else. */
const PAGE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'";

/** A filter as the index takes it. */
export function listFilter({ attention, ...rest }: Partial<IterationFilter>): ListFilter {
  return { ...rest, ...(attention === undefined ? {} : { attention: attention === 'true' }) };
}

/** Lists, and all that is known of one iteration. */
export function serveIterations(serve: Serve, { operations, index, store }: ApiParts): void {
  serve(api.listIterations, async ({ query, who }) => {
    const { limit = PAGE, cursor, ...filter } = query;
    return index.page({ filter: listFilter(filter), limit, cursor, sees: (connection) => sees(who, connection) });
  });
  serve(api.resolveIteration, async ({ query, who }) => ({
    id: await operations.resolve(query.given, query.among, (id) => sees(who, placeOfId(id).connection)),
  }));
  serve(api.describeIteration, async ({ params, who }) => withoutOthers(await operations.describe(params.id), who));
  serve(api.readReceipt, async ({ params }) => ({ receipt: await operations.receipt(params.id) }));
  serve(api.verifyReceipt, async ({ params, signal }) => verifyReceipt(store, params.id, { signal }));
  serve(api.readPage, async ({ params, reply }) => {
    void reply.header('content-security-policy', PAGE_POLICY);
    return renderPage(await readPage(store, params.id));
  });
}
