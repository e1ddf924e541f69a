import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { createRequestLog, type LoggedRequest, type RequestLog } from '../../src/sandbox/request-log.ts';

const logged: z.ZodType<LoggedRequest> = z.object({
  at: z.string(),
  server: z.enum(['cvat', 'monai']),
  method: z.string(),
  path: z.string(),
  query: z.string(),
  status: z.number(),
  uploadPhase: z.enum(['start', 'multiple', 'finish']).exactOptional(),
});

/** The request log that a sandbox in another process has written so far. */
export async function readRequests(file: string): Promise<RequestLog> {
  const log = createRequestLog();
  const text = await readFile(file, 'utf8').catch(() => '');
  // The last line may be only half written.
  for (const line of text.split('\n').slice(0, -1)) {
    log.record(logged.parse(JSON.parse(line)));
  }
  return log;
}
