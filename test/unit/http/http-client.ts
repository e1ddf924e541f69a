import type { Http, HttpFailures } from '../../../src/http/http.ts';
import { createHttp, type HttpOptions } from '../../../src/http/undici-http.ts';

const FAILURES: HttpFailures = {
  unreachable: 'CvatUnreachable',
  loginRefused: 'CvatLoginRefused',
  forbidden: 'CvatForbidden',
  rejected: 'CvatRejected',
  unexpected: 'CvatUnexpectedAnswer',
};

/** A client whose failures carry the codes of CVAT. */
export function client(baseUrl: string, options: Partial<HttpOptions> = {}): Http {
  return createHttp({ baseUrl, failures: FAILURES, ...options });
}
