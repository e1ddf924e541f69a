import type { ArtifactRef, FolderRef } from '../contracts/refs.ts';

/** How what a file of a loop names is reached. */
export interface LoopSources {
  /** @param what for messages: `categories file`. @throws MaskloopError `UnreadableFile` */
  readFile(what: string, path: string): Promise<Uint8Array>;
  putArtifact(content: Uint8Array): Promise<ArtifactRef>;
  /**
   * A folder of this machine, or one in the store by its address.
   *
   * @param what for people: `masks`
   * @throws MaskloopError `UnreadableFile`
   */
  describeFolder(what: string, given: string): Promise<FolderRef>;
  /** The labels of a project of CVAT as categories; no names where nobody is asked. @throws MaskloopError `ProjectNotFound`, `WorkerSilent`, … */
  projectCategories(where: {
    readonly connection: string;
    readonly project: string;
  }): Promise<{ readonly categories: ArtifactRef; readonly names: readonly string[] | null }>;
}
