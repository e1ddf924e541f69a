import { build } from 'vite';

/**
 * Bundles the pages: names of files hold a hash of their content, so that a browser may keep them for ever.
 *
 * @param root folder with index.html
 * @param outDir is emptied first
 */
export async function buildPages(root: string, outDir: string): Promise<void> {
  await build({
    root,
    configFile: false,
    logLevel: 'warn',
    base: '/',
    build: {
      outDir,
      emptyOutDir: true,
      manifest: true,
      target: 'es2023',
      sourcemap: false,
      // Nothing small becomes a data: address, which the policy of the pages forbids.
      assetsInlineLimit: 0,
      // The size is checked after the build, as a browser gets it.
      chunkSizeWarningLimit: 10_000,
      reportCompressedSize: false,
      rolldownOptions: {
        // "use client" means something to servers that render; there is none.
        onLog: (level, log, report) => {
          if (log.code !== 'MODULE_LEVEL_DIRECTIVE') report(level, log);
        },
      },
    },
  });
}
