import { readFileSync } from 'node:fs';
import { z } from 'zod';

const buildSchema = z.object({ commit: z.string().nullable() });

/** The commit that `npm run build` noted beside the compiled code; null where nothing is noted, as for sources. */
export function builtCommit(): string | null {
  try {
    const noted: unknown = JSON.parse(readFileSync(new URL('../build.json', import.meta.url), 'utf8'));
    return buildSchema.parse(noted).commit;
  } catch {
    return null;
  }
}
