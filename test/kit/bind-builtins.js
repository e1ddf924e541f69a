/**
 * Names that mean the same everywhere and that no test replaces. A name that a module declares itself is left to it.
 */
const BUILTINS = (
  'Math Number BigInt NaN Infinity String Symbol RegExp JSON Date Object Array Map Set WeakMap Promise ' +
  'Error RangeError TypeError Buffer ArrayBuffer SharedArrayBuffer Atomics DataView Uint8Array Uint8ClampedArray ' +
  'Uint16Array Uint32Array Int32Array BigUint64Array Float32Array Float64Array'
).split(' ');

/** Goes into keys of caches of what {@link bindBuiltins} returns. */
export const BINDING = BUILTINS.join();

/**
 * The code of an ES module, with the builtins that it uses bound in its own scope. Jest runs modules in a context whose
 * globals stand behind a proxy, where each `Math` costs a hundred times its price in Node; its setting
 * `sandboxInjectedGlobals` does the same for CommonJS. Lines stay where they are.
 */
export function bindBuiltins(code) {
  const bound = BUILTINS.filter((name) => uses(code, name) && !declares(code, name));
  return bound.length === 0 ? code : `const { ${bound.join(', ')} } = globalThis; ${code}`;
}

function uses(code, name) {
  return new RegExp(`(?<![.\\w$])${name}(?![\\w$])`).test(code);
}

/** Also true for a name of an inner scope, which costs nothing but time. */
function declares(code, name) {
  const keywords = new RegExp(`\\b(?:const|let|var|class|function)\\s+(?:[{[][^=;]*)?\\b${name}\\b`);
  return keywords.test(code) || new RegExp(`\\bimport\\b[^'"]*\\b${name}\\b[^'"]*\\bfrom\\b`).test(code);
}
