import { fileURLToPath } from 'node:url';

/** Path of the schema of `maskloop.yaml` in this package, for editors. */
export function schemaFile(): string {
  return fileURLToPath(new URL('../../docs/maskloop.schema.json', import.meta.url));
}
