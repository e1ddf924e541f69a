import { expect, it } from '@jest/globals';
import { programName } from '../../../src/cli/program-name.ts';

it.each([
  ['/usr/local/bin/maskloop', 'maskloop'],
  [String.raw`C:\npm\node_modules\maskloop\dist\cli.js`, 'maskloop'],
  ['/home/me/project/node_modules/.bin/maskloop', 'npx maskloop'],
  ['/home/me/maskloop/dist/cli.js', 'npx maskloop'],
  ['/home/me/maskloop/src/cli.ts', 'npx maskloop'],
  [undefined, 'maskloop'],
])('a program run as %s is called again as %s', (script, name) => {
  expect(programName(script)).toBe(name);
});
