import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import yazl from 'yazl';

/** A zip archive of files with these names and texts. @param options of yazl, for each */
export async function zipped(files: Readonly<Record<string, string | Buffer>>, options: object = {}): Promise<Buffer> {
  const archive = new yazl.ZipFile();
  for (const [name, content] of Object.entries(files)) archive.addBuffer(Buffer.from(content), name, options);
  archive.end();
  return buffer(Readable.from(archive.outputStream));
}
