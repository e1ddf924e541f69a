import { describe, expect, it } from '@jest/globals';
import { bindBuiltins } from './bind-builtins.js';

describe('builtins in the modules of tests', () => {
  it('are bound where they are used, on the line on which the module begins', () => {
    const code = 'const least = Math.min(a, b);\nexport const none = new Map();\n';
    expect(bindBuiltins(code)).toBe(`const { Math, Map } = globalThis; ${code}`);
  });

  it('are left alone where none is used, or only something that is called like it', () => {
    for (const code of ['export const a = 1;', 'a.Math; MathML; $Set;']) expect(bindBuiltins(code)).toBe(code);
  });

  it.each([
    "import { Buffer } from 'node:buffer'; Buffer;",
    "import Buffer, {\n type A } from 'node:buffer'; Buffer;",
    'const Buffer = 1; Buffer;',
    'const { a, Buffer } = b; Buffer;',
    'class Buffer {} Buffer;',
    'export function Buffer() {} Buffer;',
  ])('are left to a module that declares them: %s', (code) => {
    expect(bindBuiltins(code)).toBe(code);
  });

  it('are what the context of the tests has', () => {
    expect(new Uint8Array(1)).toBeInstanceOf(globalThis.Uint8Array);
    expect([Math, Object, Error, Buffer]).toEqual([
      globalThis.Math,
      globalThis.Object,
      globalThis.Error,
      globalThis.Buffer,
    ]);
  });
});
