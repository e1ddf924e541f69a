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

/** How far an upload of files has come, in files in the order of their names. */
export interface FilesSent {
  /** What CVAT has acknowledged. */
  readonly sent: number;
  /** What is in a request whose outcome is not known; 0 while there is none. */
  readonly sending: number;
}

export interface ImagesOptions extends UploadOptions {
  /** Files that CVAT has acknowledged at an earlier try, which are not sent again; 0 to begin. */
  readonly from?: number;
  /** Called before each request, and when its outcome is known. */
  readonly onRequest?: (done: FilesSent) => Promise<void>;
  /** Most bytes of one request, unless a single file has more. */
  readonly requestBytes?: number;
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
