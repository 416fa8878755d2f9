import { NS_PER_US, type Ns } from '@tapeclock/domain';
import type { Clock, FileStore, Random } from '@tapeclock/ports';
import type { Life } from './life.ts';

interface Write {
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly how: 'append' | 'replace';
  readonly done: () => void;
  due: boolean;
}

/** One host's disk: survives the process, writes take time, may stall, and a crash may tear the last append. */
export interface Disk {
  /** The files as one life of a process sees them. */
  files(life: Life): FileStore;
  /** The process died: what was under way is gone, but for a random prefix of the oldest append. Returns torn bytes. */
  crash(): number;
  /** Nothing becomes durable until the returned function is called. */
  stall(): () => void;
  /** What is durable now. */
  contents(path: string): Uint8Array;
}

const WRITE_MIN_NS = 100n * NS_PER_US;

export function disk(clock: Clock, random: Random): Disk {
  const stored = new Map<string, Uint8Array>();
  let writes: Write[] = [];
  let stalls = 0;

  const carryOut = (write: Write, bytes: Uint8Array): void => {
    const before = write.how === 'append' ? (stored.get(write.path) ?? new Uint8Array()) : new Uint8Array();
    stored.set(write.path, Buffer.concat([before, bytes]));
  };
  const drain = (): void => {
    while (stalls === 0 && writes[0]?.due === true) {
      const write = writes.shift();
      if (write === undefined) return;
      carryOut(write, write.bytes);
      write.done();
    }
  };
  const writing = (path: string, bytes: Uint8Array, how: Write['how']): Promise<void> =>
    new Promise((resolve) => {
      const write: Write = { path, bytes: Uint8Array.from(bytes), how, done: resolve, due: false };
      writes.push(write);
      const takesNs: Ns = WRITE_MIN_NS + BigInt(random.nextU32() % 1_500_000);
      clock.after(takesNs, () => {
        write.due = true;
        drain();
      });
    });
  return {
    files: (life) => ({
      read: (path) => life.ask(async () => stored.get(path) ?? null),
      writeAtomic: (path, bytes) => life.ask(() => writing(path, bytes, 'replace')),
      append: (path, bytes) => life.ask(() => writing(path, bytes, 'append')),
      list: (folder) =>
        life.ask(async () => {
          const prefix = folder === '' || folder === '.' ? '' : `${folder}/`;
          return [...stored.keys()]
            .filter((path) => path.startsWith(prefix) && !path.slice(prefix.length).includes('/'))
            .map((path) => path.slice(prefix.length))
            .sort();
        }),
      remove: (path) => life.ask(async () => void stored.delete(path)),
    }),
    crash() {
      const [oldest] = writes;
      writes = [];
      if (oldest === undefined || oldest.how === 'replace') return 0;
      const kept = random.nextU32() % (oldest.bytes.length + 1);
      carryOut(oldest, oldest.bytes.subarray(0, kept));
      return kept;
    },
    stall() {
      stalls += 1;
      let lifted = false;
      return () => {
        if (lifted) return;
        lifted = true;
        stalls -= 1;
        drain();
      };
    },
    contents: (path) => stored.get(path) ?? new Uint8Array(),
  };
}
