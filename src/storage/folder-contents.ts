import type { Readable } from 'node:stream';
import type { FolderRef } from '../contracts/refs.ts';

/**
 * The files of a folder, in place or in the store. Files are asked for by the names that are listed.
 *
 * Of a folder in place the methods throw MaskloopError `UnreadableFile`, of one in the store what the store throws: bytes of another
 * hash never come out of it.
 */
export interface FolderContents {
  /** Path of the folder or address of the list, for people. */
  readonly where: string;
  /** Relative, with `/` between folders, in the order of their UTF-8 bytes. Hidden files are left out. */
  readonly names: readonly string[];
  /** Length in bytes. */
  sizeOf(name: string): Promise<number>;
  read(name: string): Promise<Uint8Array>;
  open(name: string): Promise<Readable>;
  /** Path of a file on this machine with the content, which has to be compared with its hash by whoever reads it. */
  pathOf(name: string): Promise<string>;
}

/** True for a folder that was put into the store. */
export function isStored(ref: FolderRef): boolean {
  return ref.manifest !== undefined;
}
