import type { FileStore } from '../file-store.ts';

/** Files in memory, with the same promises as the disk. */
export function memoryFileStore(): FileStore {
  const files = new Map<string, Uint8Array>();
  return {
    read: async (path) => files.get(path) ?? null,
    async writeAtomic(path, bytes) {
      files.set(path, Uint8Array.from(bytes));
    },
    async append(path, bytes) {
      const known = files.get(path) ?? new Uint8Array();
      const joined = new Uint8Array(known.length + bytes.length);
      joined.set(known);
      joined.set(bytes, known.length);
      files.set(path, joined);
    },
    async list(folder) {
      const prefix = folder === '' || folder === '.' ? '' : `${folder}/`;
      return [...files.keys()]
        .filter((path) => path.startsWith(prefix) && !path.slice(prefix.length).includes('/'))
        .map((path) => path.slice(prefix.length))
        .sort();
    },
    async remove(path) {
      files.delete(path);
    },
  };
}
