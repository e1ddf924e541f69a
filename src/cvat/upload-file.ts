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

/** Bytes that are read piece by piece while they are sent. */
export interface UploadContent {
  readonly length: number;
  /** The bytes from `start` up to `end`, or up to the last. */
  read(start: number, end: number): Promise<Uint8Array>;
}

export interface ArchiveOptions extends UploadOptions {
  /** Address of an earlier upload of the same bytes that is gone on with; null to begin one. */
  readonly resume?: string | null;
  /** Called with the address of a new upload before its first byte is sent. */
  readonly onCreated?: (location: string) => Promise<void>;
}
