import { describeCommand, note, printJson, printLine, type AddCommand } from '../command.ts';
import type { CliContext } from '../context.ts';
import { EXIT } from '../exit-codes.ts';
import { bytesText } from '../format/bytes.ts';
import { reportProgress } from '../progress.ts';

interface Flags {
  readonly json?: true;
}

export const addPut: AddCommand = (program, context, end) => {
  describeCommand(program, {
    usage: 'put <DIR>',
    summary: 'put a folder of images or masks into the store, and print the address to start with',
    example: 'put frames/',
  }).action(async (dir: string, flags: Flags) => {
    await put(context, dir, flags.json === true);
    end(EXIT.done);
  });
};

async function put(context: CliContext, dir: string, json: boolean): Promise<void> {
  const progress = reportProgress(context, 'putting files into the store', json);
  const { folder, bytes, copied } = await context
    .putFolder(dir, { signal: context.interrupted, onProgress: progress.update })
    .finally(progress.end);
  if (json) return printJson(context, { uri: folder.uri, sha256: folder.sha256, files: folder.files, bytes, copied });
  printLine(context, folder.uri);
  const files = folder.files === 1 ? '1 file' : `${folder.files} files`;
  const isNew = copied.files === 0 ? 'all of them were there already' : `${copied.files} of them new`;
  note(context, `${files}, ${bytesText(bytes)}, ${isNew}; pass the address as --images or --masks`);
}
