import type { ArtifactRef } from './refs.ts';

/** What a list of files in the store says of itself. */
export const FILE_LIST_SCHEMA = 'maskloop.files/1';

/** A file of a folder that was put into the store: an artifact, and the name that it had. */
export interface ListedFile extends ArtifactRef {
  /** Relative to the folder, with `/` between folders: `video_1/frame_000003.png`. */
  readonly name: string;
}

/** A folder in the store: a document that names its files. Their order does not matter, their names are unique. */
export interface FileList {
  readonly schema: typeof FILE_LIST_SCHEMA;
  readonly files: readonly ListedFile[];
}
