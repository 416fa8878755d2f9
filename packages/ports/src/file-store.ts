/** Files below one root, by relative path. Writes are durable when they resolve. */
export interface FileStore {
  read(path: string): Promise<Uint8Array | null>;
  /** Replaces the whole file or leaves it as it was: temporary file, fsync, rename, fsync of the folder. */
  writeAtomic(path: string, bytes: Uint8Array): Promise<void>;
  /** Appends and fsyncs. */
  append(path: string, bytes: Uint8Array): Promise<void>;
  /** Names (not paths) directly below `folder`; empty where it does not exist. */
  list(folder: string): Promise<readonly string[]>;
  remove(path: string): Promise<void>;
}
