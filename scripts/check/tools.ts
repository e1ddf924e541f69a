import type { Check } from './check.ts';
import { countIn, runTool } from './run-tool.ts';

export const linter: Check = {
  title: 'oxlint',
  run: async (root) => {
    const { ok, output } = await runTool(root, 'oxlint', ['--type-aware']);
    return { files: countIn(output, /Finished in .* on (\d+) files?/), problems: ok ? '' : output.trim() };
  },
};

export const formatter: Check = {
  title: 'oxfmt',
  run: async (root) => {
    const { ok, output } = await runTool(root, 'oxfmt', ['--check']);
    return { files: countIn(output, /Finished in .* on (\d+) files?/), problems: ok ? '' : output.trim() };
  },
};

/** Unused files, exports and dependencies. */
export const unused: Check = {
  title: 'knip',
  run: async (root) => {
    const reporters = ['--reporter', 'symbols', '--reporter', './scripts/check/knip-count-reporter.mjs'];
    const { ok, output } = await runTool(root, 'knip', ['--no-progress', ...reporters]);
    const problems = output.replace(/^knip read \d+ files$/m, '').trim();
    return { files: countIn(output, /^knip read (\d+) files$/m), problems: ok ? '' : problems };
  },
};
