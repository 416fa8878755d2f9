import type { FileStore } from '@tapeclock/ports';
import { SessionFold } from './fold.ts';
import type { SentLimits } from './sent-messages.ts';
import type { SessionRecord, SessionStore } from './session-store.ts';

/** One line of the file: kind, number, application or not, message in base64. */
type Line = readonly [kind: SessionRecord['kind'], seq: number, isApplication?: boolean, bytes?: string];

/**
 * A session's memory as lines of one file, for programs that have no log: load drivers, demo feeds. Records that come
 * while a write is under way go out together with the next one. A torn last line was never acknowledged and is dropped.
 */
export function fileSessionStore(
  options: SentLimits & { readonly files: FileStore; readonly path: string },
): SessionStore {
  const { files, path } = options;
  let waiting: string[] = [];
  let writing: Promise<void> | null = null;
  const writeAll = async (): Promise<void> => {
    const lines = waiting;
    waiting = [];
    writing = null;
    await files.append(path, Buffer.from(lines.join('')));
  };
  let last: Promise<void> = Promise.resolve();
  return {
    async load() {
      const bytes = await files.read(path);
      const fold = new SessionFold(options);
      const lines = Buffer.from(bytes ?? [])
        .toString('utf8')
        .split('\n');
      const torn = lines.pop() ?? '';
      for (const line of lines) applyLine(fold, line);
      // The next append must not continue what a crash cut off.
      if (torn !== '') await files.append(path, Buffer.from('\n'));
      return fold.result();
    },
    append(records) {
      for (const record of records) waiting.push(`${JSON.stringify(lineOf(record))}\n`);
      if (writing === null) {
        writing = last.then(writeAll, writeAll);
        last = writing;
      }
      return writing;
    },
  };
}

function lineOf(record: SessionRecord): Line {
  if (record.kind === 'out') {
    return ['out', record.seq, record.isApplication, Buffer.from(record.bytes).toString('base64')];
  }
  return [record.kind, record.kind === 'reset' ? record.nextOut : record.seq];
}

function applyLine(fold: SessionFold, text: string): void {
  let line: Line;
  try {
    line = JSON.parse(text) as Line;
  } catch {
    return;
  }
  const [kind, seq, isApplication = false, bytes = ''] = line;
  if (kind === 'out') fold.apply({ kind, seq, isApplication, bytes: Buffer.from(bytes, 'base64') }, null);
  else if (kind === 'in') fold.apply({ kind, seq }, null);
  else fold.apply({ kind: 'reset', nextOut: seq }, null);
}
