import * as api from '../../../api/endpoints/starting.ts';
import { peopleOfInput } from '../../../operations/people/people-register.ts';
import type { ApiParts } from '../api-parts.ts';
import { requireOffered, type Naming } from '../require-offered.ts';
import type { Serve } from '../serve.ts';

/** What begins an iteration, and what it would do. */
export function serveStarting(serve: Serve, { operations }: ApiParts, naming: Naming): void {
  serve(api.startIteration, async ({ body, by, who }) => {
    await requireOffered(body.input, who, naming);
    return operations.start({ ...body, by });
  });
  serve(api.planIteration, async ({ body, tellsOf, who }) => {
    tellsOf(peopleOfInput(body.input));
    await requireOffered(body.input, who, naming);
    return operations.plan(body.input);
  });
  serve(api.projectCategories, async ({ query }) => operations.projectCategories(query));
}
