import fc from 'fast-check';
import { z } from 'zod';

/**
 * The same cases in every run of `npm test`, so that a red run is red again; `npm run explore-properties` gives other seeds.
 * Test suites take fast-check from here.
 */
const DEFAULT_SEED = 20_260_101;

fc.configureGlobal({
  seed: z.coerce.number().int().default(DEFAULT_SEED).parse(process.env['MASKLOOP_PROPERTY_SEED']),
});

export { fc };
