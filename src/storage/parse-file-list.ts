import { z } from 'zod';
import { MaskloopError } from '../contracts/error.ts';
import { FILE_LIST_SCHEMA, type FileList, type ListedFile } from '../contracts/file-list.ts';
import { compareNames } from '../contracts/name-order.ts';
import { contentRef } from './content-address.ts';
import { jsonOf } from './json-of.ts';

const fileList: z.ZodType<FileList> = z.object({
  schema: z.literal(FILE_LIST_SCHEMA),
  files: z.array(
    z.object({ name: z.string(), uri: z.string(), sha256: z.hash('sha256'), bytes: z.int().nonnegative() }),
  ),
});

/**
 * The files of a list in the store, in the order of the UTF-8 bytes of their names. A name has to be one that a folder in
 * place could hold and that is listed there: relative, without empty parts and parts that begin with a dot, so that none
 * leads out of a folder. Every file is an artifact of the store itself.
 *
 * @param where address of the list, for the message
 * @throws MaskloopError `InvalidFileList`
 */
export function parseFileList(bytes: Uint8Array, where: string): readonly ListedFile[] {
  const parsed = fileList.safeParse(jsonOf(bytes));
  if (!parsed.success) throw invalid(where, 'it is no list of files that this version knows');
  const files = parsed.data.files.toSorted((a, b) => compareNames(a.name, b.name));
  for (const [index, file] of files.entries()) {
    const problem = problemOf(file, files[index - 1]);
    if (problem !== null) throw invalid(where, `"${file.name}" ${problem}`, file.name);
  }
  return files;
}

function problemOf({ name, uri, sha256, bytes }: ListedFile, before: ListedFile | undefined): string | null {
  if (name.includes('\0') || !name.isWellFormed()) return 'is no name of a file';
  if (name.split('/').some((part) => part === '' || part.startsWith('.')))
    return 'leads out of the folder or is hidden';
  if (name === before?.name) return 'is listed twice';
  return uri === contentRef(sha256, bytes).uri ? null : `lies at ${uri}, which is not its place in the store`;
}

function invalid(where: string, reason: string, name: string | null = null): MaskloopError {
  return new MaskloopError('InvalidFileList', `${where} cannot be used as a folder: ${reason}.`, {
    facts: { uri: where, file: name, reason },
  });
}
