import { fileURLToPath } from 'node:url';
import { build } from 'vite';

/** The drawing code of the pages as one script for a browser, which defines `overlay.timeDrawing`. @throws Error if it cannot be built */
export async function bundle(): Promise<string> {
  const entry = fileURLToPath(new URL('../../web/src/pages/iteration/overlay/time-drawing.ts', import.meta.url));
  const built = await build({
    configFile: false,
    logLevel: 'warn',
    build: { write: false, minify: true, target: 'es2023', lib: { entry, formats: ['iife'], name: 'overlay' } },
  });
  const [first] = Array.isArray(built) ? built : [built];
  const chunk = first !== undefined && 'output' in first ? first.output[0] : undefined;
  if (chunk === undefined) throw new Error('nothing was built');
  return chunk.code;
}
