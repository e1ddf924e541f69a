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
  globalSetup: '<rootDir>/test/kit/jest-scratch-in-memory.js',
  globalTeardown: '<rootDir>/test/kit/jest-remove-scratch.js',
  setupFiles: ['<rootDir>/test/kit/no-disk-waits.js'],
  testSequencer: '<rootDir>/test/kit/jest-sequencer.js',
  reporters: ['default', '<rootDir>/test/kit/jest-summary-reporter.js'],
  // Built output and caches hold copies of sources and package.json files that jest must not index.
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.cache/', '<rootDir>/demo-run/'],
  // Four at once for two cores: most of a suite is waiting, for timers, sockets and processes.
  maxWorkers: 4,
  // Node 20 keeps all modules that a process has loaded for a suite (3 to 10 MB each time), and above one gigabyte the search for
  // garbage makes everything slow: to import the activities took 1.3 s of the processor in the first suites and 4 to 6 in the last.
  workerIdleMemoryLimit: '1GB',
  // Against hanging only: a machine may be slow.
  testTimeout: 480_000,
};
