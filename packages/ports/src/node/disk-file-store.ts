import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join, resolve, sep } from 'node:path';
import type { FileStore } from '../file-store.ts';

/** Files on disk below `root`. A path that would leave the root is refused: names can come from outside. */
export function diskFileStore(root: string): FileStore {
  const base = resolve(root);
  const inside = (path: string): string => {
    const full = resolve(base, path);
    if (full !== base && !full.startsWith(base + sep)) throw new Error(`path leaves the store: ${path}`);
    return full;
  };
  return {
    async read(path) {
      return readFile(inside(path)).catch(absent(null));
    },
    async writeAtomic(path, bytes) {
      const target = inside(path);
      await mkdir(dirname(target), { recursive: true });
      const temporary = `${target}.writing`;
      await writeAndSync(temporary, 'w', bytes);
      await rename(temporary, target);
      await syncFolder(dirname(target));
    },
    async append(path, bytes) {
      const target = inside(path);
      await mkdir(dirname(target), { recursive: true });
      await writeAndSync(target, 'a', bytes);
    },
    async list(folder) {
      return (await readdir(inside(folder)).catch(absent([]))).sort();
    },
    async remove(path) {
      await rm(join(inside(path)), { force: true });
    },
  };
}

async function writeAndSync(path: string, flags: 'a' | 'w', bytes: Uint8Array): Promise<void> {
  await using file = await open(path, flags, 0o600);
  await file.writeFile(bytes);
  await file.sync();
}

/** A rename is durable only when the folder's own entry is. */
async function syncFolder(path: string): Promise<void> {
  await using folder = await open(path, 'r');
  await folder.sync();
}

function absent<T>(value: T): (error: NodeJS.ErrnoException) => T {
  return (error) => {
    if (error.code === 'ENOENT') return value;
    throw error;
  };
}
