import type { FolderRef } from '../../../../../src/contracts/refs.ts';

/** Where a folder is, after the number of its files: `in the store`, `in /data/masks`. */
export function folderPlace({ uri }: Pick<FolderRef, 'uri'>): string {
  if (!uri.startsWith('file:')) return 'in the store';
  try {
    return `in ${decodeURIComponent(new URL(uri).pathname)}`;
  } catch {
    return `in ${uri}`;
  }
}

/** What leads from an offered folder down to a path: each with its name. The first is the offered folder itself, by its whole path. */
export function wayTo(
  path: string,
  roots: readonly string[],
): readonly { readonly name: string; readonly path: string }[] {
  const root = roots
    .filter((one) => path === one || path.startsWith(one.endsWith('/') ? one : `${one}/`))
    .toSorted((a, b) => a.length - b.length)[0];
  if (root === undefined) return [{ name: path, path }];
  const top = root.replace(/\/+$/, '');
  const parts = path
    .slice(top.length)
    .split('/')
    .filter((part) => part !== '');
  return [
    { name: root, path: root },
    ...parts.map((name, index) => ({ name, path: `${top}/${parts.slice(0, index + 1).join('/')}` })),
  ];
}
