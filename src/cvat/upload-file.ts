/** A file to upload, read when it is its turn. */
export interface UploadFile {
  /** Name that the frame will have. */
  readonly name: string;
  readonly bytes: number;
  read(): Promise<Uint8Array>;
}

export interface UploadOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: (done: { files: number; bytes: number }) => void;
}
