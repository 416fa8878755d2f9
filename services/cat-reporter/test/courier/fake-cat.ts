import { type CatTransport, CatTransportError, type RemoteFile } from '../../src/index.ts';

/** A CAT side in memory, with a line that can be cut. */
export interface FakeCat extends CatTransport {
  readonly files: Map<string, Uint8Array>;
  /** Paths in the order in which they were uploaded. */
  readonly uploads: string[];
  down: boolean;
  /** Called before each upload; may throw. */
  beforeUpload: (path: string) => void;
}

export function fakeCat(): FakeCat {
  const reach = (): void => {
    if (cat.down) throw new CatTransportError('CONNECT', 'line is down');
  };
  const cat: FakeCat = {
    files: new Map(),
    uploads: [],
    down: false,
    beforeUpload() {},
    async list(folder) {
      reach();
      const found: RemoteFile[] = [];
      for (const [path, bytes] of cat.files) {
        if (path.startsWith(`${folder}/`)) {
          found.push({ name: path.slice(folder.length + 1), sizeBytes: bytes.length });
        }
      }
      return found;
    },
    async upload(path, bytes) {
      reach();
      cat.beforeUpload(path);
      cat.uploads.push(path);
      cat.files.set(path, bytes);
    },
    async download(path, bytesMax) {
      reach();
      const bytes = cat.files.get(path);
      if (bytes === undefined || bytes.length > bytesMax) throw new CatTransportError('DOWNLOAD', path);
      return bytes;
    },
    async close() {},
  };
  return cat;
}
