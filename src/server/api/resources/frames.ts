import * as api from '../../../api/endpoints/frames.ts';
import type { ApiParts } from '../api-parts.ts';
import type { Serve } from '../serve.ts';

/** Frames that are taken out of training, forgotten, or put back into CVAT. */
export function serveFrames(serve: Serve, { operations }: ApiParts): void {
  serve(api.restoreBackup, async ({ params, body, by }) => operations.restore({ id: params.id, ...body, by }));
  serve(api.excludeFrames, async ({ body, by }) => operations.exclude({ ...body, by }));
  serve(api.forgetFrames, async ({ body, by }) => operations.forget({ ...body, by }));
}
