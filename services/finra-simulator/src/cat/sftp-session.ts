/** The SFTP protocol for one client: whole files written to `/upload`, whole files read from anywhere it may. */
import ssh2, { type FileEntry, type SFTPWrapper } from 'ssh2';
import type { CatDesk } from './cat-desk.ts';

const { OPEN_MODE, STATUS_CODE } = ssh2.utils.sftp;
const FOLDERS = ['upload', 'feedback'] as const;
type Folder = (typeof FOLDERS)[number];
const UPLOAD_BYTES_MAX = 256 * 1024 * 1024;
const DIRECTORY_MODE = 0o040_755;
const FILE_MODE = 0o100_644;

type Handle =
  | { readonly kind: 'WRITE'; readonly name: string; readonly chunks: Map<number, Buffer>; bytes: number }
  | { readonly kind: 'READ'; readonly content: Uint8Array }
  | { readonly kind: 'FOLDER'; readonly entries: readonly FileEntry[]; told: boolean };

export function serveSftp(sftp: SFTPWrapper, desk: CatDesk): void {
  const handles = new Map<number, Handle>();
  let next = 0;
  const open = (requestId: number, handle: Handle): void => {
    const id = Buffer.alloc(4);
    id.writeUInt32BE(next);
    handles.set(next, handle);
    next += 1;
    sftp.handle(requestId, id);
  };
  const find = (id: Buffer): Handle | undefined =>
    id.length === 4 ? handles.get(id.readUInt32BE(0)) : undefined;
  const fail = (requestId: number): void => sftp.status(requestId, STATUS_CODE.FAILURE);
  const guarded = (requestId: number, work: Promise<unknown>): void => {
    work.catch(() => fail(requestId));
  };

  const stat = (requestId: number, path: string): void =>
    guarded(
      requestId,
      (async () => {
        const place = placeOf(path);
        if (place === null) return sftp.status(requestId, STATUS_CODE.NO_SUCH_FILE);
        if (place.name === null) return sftp.attrs(requestId, attributes(DIRECTORY_MODE, 0));
        const content = await desk.read(place.folder, place.name);
        if (content === null) return sftp.status(requestId, STATUS_CODE.NO_SUCH_FILE);
        return sftp.attrs(requestId, attributes(FILE_MODE, content.length));
      })(),
    );

  sftp.on('REALPATH', (requestId, path) => {
    const name = path === '.' || path === '' ? '/' : path;
    sftp.name(requestId, [{ filename: name, longname: name, attrs: attributes(DIRECTORY_MODE, 0) }]);
  });
  sftp.on('STAT', stat);
  sftp.on('LSTAT', stat);
  sftp.on('OPENDIR', (requestId, path) =>
    guarded(
      requestId,
      (async () => {
        const place = placeOf(path);
        if (place?.name !== null) return sftp.status(requestId, STATUS_CODE.NO_SUCH_FILE);
        const files = await desk.list(place.folder);
        const entries = files.map(({ name, sizeBytes }) => ({
          filename: name,
          longname: `-rw-r--r-- 1 cat cat ${sizeBytes} Jan 1 00:00 ${name}`,
          attrs: attributes(FILE_MODE, sizeBytes),
        }));
        return open(requestId, { kind: 'FOLDER', entries, told: false });
      })(),
    ),
  );
  sftp.on('READDIR', (requestId, id) => {
    const handle = find(id);
    if (handle?.kind !== 'FOLDER') return fail(requestId);
    if (handle.told) return sftp.status(requestId, STATUS_CODE.EOF);
    handle.told = true;
    return handle.entries.length === 0
      ? sftp.status(requestId, STATUS_CODE.EOF)
      : sftp.name(requestId, [...handle.entries]);
  });
  sftp.on('OPEN', (requestId, path, flags) =>
    guarded(
      requestId,
      (async () => {
        const place = placeOf(path);
        if (place === null || place.name === null) return sftp.status(requestId, STATUS_CODE.NO_SUCH_FILE);
        if ((flags & OPEN_MODE.WRITE) !== 0) {
          if (place.folder !== 'upload') return sftp.status(requestId, STATUS_CODE.PERMISSION_DENIED);
          return open(requestId, { kind: 'WRITE', name: place.name, chunks: new Map(), bytes: 0 });
        }
        const content = await desk.read(place.folder, place.name);
        if (content === null) return sftp.status(requestId, STATUS_CODE.NO_SUCH_FILE);
        return open(requestId, { kind: 'READ', content });
      })(),
    ),
  );
  sftp.on('WRITE', (requestId, id, offset, data) => {
    const handle = find(id);
    if (handle?.kind !== 'WRITE' || handle.bytes + data.length > UPLOAD_BYTES_MAX) return fail(requestId);
    handle.chunks.set(offset, Buffer.from(data));
    handle.bytes += data.length;
    return sftp.status(requestId, STATUS_CODE.OK);
  });
  sftp.on('READ', (requestId, id, offset, length) => {
    const handle = find(id);
    if (handle?.kind !== 'READ') return fail(requestId);
    const part = handle.content.subarray(offset, offset + length);
    return part.length === 0
      ? sftp.status(requestId, STATUS_CODE.EOF)
      : sftp.data(requestId, Buffer.from(part));
  });
  sftp.on('FSTAT', (requestId, id) => {
    const handle = find(id);
    if (handle?.kind === 'READ') sftp.attrs(requestId, attributes(FILE_MODE, handle.content.length));
    else if (handle?.kind === 'WRITE') sftp.attrs(requestId, attributes(FILE_MODE, handle.bytes));
    else fail(requestId);
  });
  sftp.on('SETSTAT', (requestId) => sftp.status(requestId, STATUS_CODE.OK));
  sftp.on('FSETSTAT', (requestId) => sftp.status(requestId, STATUS_CODE.OK));
  sftp.on('CLOSE', (requestId, id) =>
    guarded(
      requestId,
      (async () => {
        const handle = find(id);
        if (handle === undefined) return fail(requestId);
        handles.delete(id.readUInt32BE(0));
        // Only a file that was closed has been sent: what a broken line left behind is dropped.
        if (handle.kind === 'WRITE') await desk.take(handle.name, joined(handle));
        return sftp.status(requestId, STATUS_CODE.OK);
      })(),
    ),
  );
}

function joined(handle: Extract<Handle, { kind: 'WRITE' }>): Uint8Array {
  const parts = [...handle.chunks].sort(([a], [b]) => a - b);
  return new Uint8Array(Buffer.concat(parts.map(([, chunk]) => chunk)));
}

/** `/upload/name` or `/upload`; names that climb are no places. */
function placeOf(path: string): { readonly folder: Folder; readonly name: string | null } | null {
  const [folder, name, ...rest] = path.split('/').filter((part) => part !== '' && part !== '.');
  const known = FOLDERS.find((candidate) => candidate === folder);
  if (known === undefined || rest.length > 0 || name?.startsWith('.') === true) return null;
  return { folder: known, name: name ?? null };
}

function attributes(mode: number, size: number) {
  return { mode, size, uid: 0, gid: 0, atime: 0, mtime: 0 };
}
