import { cvatContract } from './cvat-contract.ts';
import { openSandboxCvat } from './kit/sandbox-cvat.ts';

// The version with the most of them: started and finished without their dates, failed with a traceback.
const open = () => openSandboxCvat({ version: '2.54.1', requestRaces: 1 });

cvatContract('the stand-in of 2.54.1, whose requests are half written at each first look', open, {
  password: true,
  direct: true,
  colleague: 'annotator@example.com',
});
