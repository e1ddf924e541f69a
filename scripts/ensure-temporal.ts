/**
 * Finds Temporal's programs or fetches them into the project's cache, and says where they are.
 * Arguments name the programs; without any, both are meant.
 */
import { parseArgs } from 'node:util';
import { isMaskloopError } from '../src/contracts/error.ts';
import { BINARIES, type BinaryName } from '../src/temporal-binaries/binary.ts';
import { findTemporalBinary } from '../src/temporal-binaries/find-binary.ts';

function isBinaryName(text: string): text is BinaryName {
  return Object.hasOwn(BINARIES, text);
}

const { positionals } = parseArgs({ allowPositionals: true });
const wanted = positionals.length > 0 ? positionals : Object.keys(BINARIES);

for (const name of wanted) {
  if (!isBinaryName(name)) {
    process.stderr.write(`There is no program ${name}; known: ${Object.keys(BINARIES).join(', ')}.\n`);
    process.exitCode = 2;
    break;
  }
  try {
    const file = await findTemporalBinary(name, {
      env: process.env,
      onSlow: (line) => process.stderr.write(`${line}\n`),
    });
    process.stdout.write(`${name}: ${file}\n`);
  } catch (error) {
    if (!isMaskloopError(error)) throw error;
    process.stderr.write(`error ${error.code}: ${error.message}\n`);
    process.exitCode = 1;
  }
}
