import { CVAT_VERSIONS, type CvatVersion } from '../../src/sandbox/cvat/state/version.ts';

/**
 * The releases of CVAT on which a suite runs whose course does not depend on the release: the newest one, or all with
 * `MASKLOOP_TEST_VERSIONS=all`. What does differ between releases is held by suites that name them, above all by the contract.
 */
export const PLAYED_VERSIONS: readonly CvatVersion[] =
  process.env['MASKLOOP_TEST_VERSIONS'] === 'all' ? CVAT_VERSIONS : CVAT_VERSIONS.slice(-1);
