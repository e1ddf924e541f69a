import * as api from '../../../api/endpoints/models.ts';
import { placeOfId } from '../../../contracts/ids.ts';
import type { ModelVersion } from '../../../models/model-versions.ts';
import { requireAll, sees, type Principal } from '../../access/principal.ts';
import type { ApiParts } from '../api-parts.ts';
import type { Serve } from '../serve.ts';

/** The register of models. */
export function serveModels(serve: Serve, { operations }: ApiParts): void {
  serve(api.listModels, async ({ query, who }) => {
    const all = await operations.models({ connection: query.connection ?? null, model: query.model ?? null });
    return { models: all.filter(({ connection }) => sees(who, connection)).map((version) => seenBy(who, version)) };
  });
  serve(api.publishModel, async ({ body, by, who }) => {
    // Without a connection all registers are looked through.
    if (body.connection === null || !sees(who, body.connection)) requireAll(who);
    const { note = '', ...asked } = body;
    return operations.publishModel({ ...asked, by, note: note.trim() });
  });
}

/** Two connections may lead to one trainer, and so to one register. */
function seenBy(who: Principal, version: ModelVersion): ModelVersion {
  const { iteration } = version;
  if (iteration === null || sees(who, placeOfId(iteration).connection)) return version;
  return { ...version, iteration: null, by: null, reasons: [] };
}
