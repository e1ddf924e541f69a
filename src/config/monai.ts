import { readHeadersFile, type HeadersFile } from './headers-file.ts';
import type { ProblemSink } from './problems.ts';
import { readText, readUrl, type Env } from './variables.ts';

export interface MonaiConfig {
  /** No trailing slash. */
  readonly url: string;
  /** Sent with every request, as the file of headers is now; names in lower case. */
  readonly headers: HeadersFile;
  /** What the operator states as its version, for receipts; null where nothing is stated. */
  readonly statedVersion: string | null;
}

/** What the settings of one MONAI Label are called. */
export interface MonaiNames {
  readonly url: string;
  readonly headersFile: string;
  readonly version: string;
}

/** The settings of the connection `default`. */
export const MONAI_VARIABLES: MonaiNames = {
  url: 'MONAI_LABEL_URL',
  headersFile: 'MONAI_LABEL_HEADERS_FILE',
  version: 'MONAI_LABEL_VERSION',
};

/** The settings of one MONAI Label; null if its address is not set, or with noted problems. */
export function readMonai(env: Env, names: MonaiNames, required: boolean, problems: ProblemSink): MonaiConfig | null {
  if (readText(env, names.url) === null) {
    if (required) problems.add(names.url, 'is not set; it names the MONAI Label to train with.');
    return null;
  }
  const url = readUrl(env, names.url, problems);
  const headers = readHeadersFile(env, names.headersFile, problems);
  return url === null ? null : { url, headers, statedVersion: readText(env, names.version) };
}
