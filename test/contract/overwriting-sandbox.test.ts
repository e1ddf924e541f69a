import { openSandboxCvat } from './kit/sandbox-cvat.ts';
import { overwritingContract } from './overwriting-contract.ts';

// As on a real server, where nothing is known but what it answers; what becomes of each way is held where the state is known.
overwritingContract('the stand-in', () => openSandboxCvat({}), 'some');
