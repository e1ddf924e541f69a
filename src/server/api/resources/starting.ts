import * as api from '../../../api/endpoints/starting.ts';
import { peopleOfInput } from '../../../operations/people/people-register.ts';
import type { ApiParts } from '../api-parts.ts';
import { requireOffered } from '../require-offered.ts';
import type { Serve } from '../serve.ts';

/** What begins an iteration, and what it would do. */
export function serveStarting(serve: Serve, { operations, roots }: ApiParts): void {
  serve(api.startIteration, async ({ body, by }) => {
    requireOffered(body.input, roots);
    return operations.start({ ...body, by });
  });
  serve(api.planIteration, async ({ body, tellsOf }) => {
    tellsOf(peopleOfInput(body.input));
    requireOffered(body.input, roots);
    return operations.plan(body.input);
  });
  serve(api.projectCategories, async ({ query }) => operations.projectCategories(query));
}
