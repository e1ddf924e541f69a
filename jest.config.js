const swc = {
  jsc: { target: 'es2022', parser: { syntax: 'typescript' } },
  module: { type: 'es6' },
  sourceMaps: 'inline',
};

export default {
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '^.+\\.ts$': ['<rootDir>/test/kit/jest-transform.js', swc] },
  sandboxInjectedGlobals: ['Math', 'Number', 'Object', 'Array', 'Uint8Array', 'JSON'],
  setupFiles: ['<rootDir>/test/kit/no-disk-waits.js'],
  testSequencer: '<rootDir>/test/kit/jest-sequencer.js',
  reporters: ['default', '<rootDir>/test/kit/jest-summary-reporter.js'],
  // Built output and caches hold copies of sources and package.json files that jest must not index.
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.cache/', '<rootDir>/demo-run/'],
  // Four at once for two cores: most of a suite is waiting, for timers, sockets and processes.
  maxWorkers: 4,
  testTimeout: 240_000,
};
