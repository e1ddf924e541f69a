/** A file with its name in the folder that was chosen. */
export interface NamedFile {
  /** Relative to the folder, with `/` between folders. */
  readonly name: string;
  readonly file: Blob;
}

/**
 * The files of a folder that was chosen in a browser, by names as `maskloop put` has them: the folder's own name is no part of them, and
 * hidden files do not count.
 */
export function filesOfFolder(
  files: readonly (Blob & { readonly name: string; readonly webkitRelativePath: string })[],
): readonly NamedFile[] {
  return files
    .map((file) => ({ name: relative(file), file }))
    .filter(({ name }) => !name.split('/').some((part) => part.startsWith('.')));
}

function relative({
  name,
  webkitRelativePath,
}: {
  readonly name: string;
  readonly webkitRelativePath: string;
}): string {
  return webkitRelativePath.includes('/') ? webkitRelativePath.slice(webkitRelativePath.indexOf('/') + 1) : name;
}
