import { readHeadersFile } from './headers-file.ts';
import type { Problems } from './problems.ts';
import { readText, readUrl, type Env } from './variables.ts';

export interface MonaiConfig {
  /** No trailing slash. */
  readonly url: string;
  /** Sent with every request; names in lower case. */
  readonly headers: Record<string, string>;
}

/** MONAI Label's settings; null if `MONAI_LABEL_URL` is not set, or with noted problems. */
export function readMonai(env: Env, required: boolean, problems: Problems): MonaiConfig | null {
  if (readText(env, 'MONAI_LABEL_URL') === null) {
    if (required) problems.add('MONAI_LABEL_URL', 'is not set; it names the MONAI Label to train with.');
    return null;
  }
  const url = readUrl(env, 'MONAI_LABEL_URL', problems);
  const headers = readHeadersFile(env, 'MONAI_LABEL_HEADERS_FILE', problems);
  return url === null ? null : { url, headers };
}
