/** The way files reach CAT and come back: SFTP in production, the simulation's own in the simulation. */
export interface CatTransport {
  /** Plain files in a folder; empty where the folder does not exist. */
  list(folder: string): Promise<readonly RemoteFile[]>;
  /** Writes the whole file; resolves when the server has confirmed it closed. */
  upload(path: string, bytes: Uint8Array): Promise<void>;
  /** Rejects with a `CatTransportError` where the file is absent or larger than `bytesMax`. */
  download(path: string, bytesMax: number): Promise<Uint8Array>;
  close(): Promise<void>;
}

export interface RemoteFile {
  readonly name: string;
  readonly sizeBytes: number;
}

/** Every rejection of a transport. All of them may pass: the courier waits and tries again, and alarms. */
export class CatTransportError extends Error {
  override readonly name = 'CatTransportError';
  /** `CONNECT`, `LIST`, `UPLOAD`, `DOWNLOAD` or `TOO_LARGE`. */
  readonly code: string;

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
