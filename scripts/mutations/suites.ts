import type { Suite } from './mutation.ts';

/** One room of the contract with CVAT, by the name that `cvat-contract.ts` gives it. */
export const cvatContract = (room: string): Suite => ({
  file: 'test/contract/cvat-sandbox.test.ts',
  titles: `in ${room} `,
});

/** One room of the contract with MONAI Label, by the name that `monai-contract.ts` gives it. */
export const monaiContract = (room: string): Suite => ({
  file: 'test/contract/monai-sandbox.test.ts',
  titles: `in ${room} `,
});

/** Tests of the stand-in of CVAT by the name of their file. */
export const cvatUnit = (name: string): Suite => ({ file: `test/unit/sandbox/cvat/${name}.test.ts` });

/** Tests of the stand-in of MONAI Label by the name of their file. */
export const monaiUnit = (name: string): Suite => ({ file: `test/unit/sandbox/monai/${name}.test.ts` });
