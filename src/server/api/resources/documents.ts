import { Readable } from 'node:stream';
import * as api from '../../../api/endpoints/documents.ts';
import { MaskloopError } from '../../../contracts/error.ts';
import { heldHashes } from '../../../storage/held-hashes.ts';
import type { ApiParts } from '../api-parts.ts';
import type { Serve } from '../serve.ts';

/** What a dataset is made of, for those who see all connections. */
export function serveDocuments(serve: Serve, { store }: Pick<ApiParts, 'store'>): void {
  serve(api.listDocuments, async ({ params, query }) => {
    const { after = '', limit = api.MOST_NAMES } = query;
    const start = `${params.kind}/`;
    const names = (await store.listNamed(start)).map((name) => name.slice(start.length));
    const rest = names.filter((name) => name > after);
    const page = rest.slice(0, limit);
    return { names: page, next: rest.length > page.length ? (page.at(-1) ?? null) : null };
  });
  serve(api.readDocument, async ({ params }) => {
    const content = await store.getNamed(`${params.kind}/${params.name}`);
    if (content !== null) return Readable.from([content], { objectMode: false });
    throw new MaskloopError('ArtifactMissing', `The store has no document ${params.kind}/${params.name}.`, {
      facts: { ...params },
    });
  });
  serve(api.heldFiles, async ({ body }) => {
    const held = await heldHashes(store, body.sha256);
    return { held: body.sha256.filter((one) => held.has(one)) };
  });
}
