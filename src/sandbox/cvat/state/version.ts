/** The releases that a stand-in CVAT can play. */
export const CVAT_VERSIONS = ['2.54.1', '2.73.0'] as const;
export type CvatVersion = (typeof CVAT_VERSIONS)[number];
