import { NS_PER_SECOND, type Ns } from '@tapeclock/domain';
import { type Clock, type FileStore, systemClock, type Timer } from '@tapeclock/ports';
import { chooseOffset, type DemoClockRecord } from './choose-offset.ts';

const FILE = 'demo-clock.json';
const NOTE_INTERVAL_NS = 20n * NS_PER_SECOND;

export interface DemoClock {
  readonly offsetNs: Ns;
  /** Notes a last time what was shown, and stops noting. */
  stop(): Promise<void>;
}

/** Chooses the offset, keeps it below the data directory, and notes now and then how far the clock has come. */
export async function startDemoClock(
  files: FileStore,
  isTradingDay: (dayNumber: number) => boolean,
): Promise<DemoClock> {
  const host = systemClock();
  const offsetNs = chooseOffset(await readRecord(files), host.nowNs(), isTradingDay);
  const clock = systemClock(offsetNs);
  const note = (): Promise<void> => {
    const record = { offsetNs: String(offsetNs), shownNs: String(clock.nowNs()) };
    return files.writeAtomic(FILE, Buffer.from(JSON.stringify(record)));
  };
  await note();
  const noting = repeat(host, note);
  return {
    offsetNs,
    async stop() {
      await noting();
      await note();
    },
  };
}

/** The offset that a running or stopped product of this data directory has; 0 where there is no demo clock. */
export async function demoOffsetNs(files: FileStore): Promise<Ns> {
  return (await readRecord(files))?.offsetNs ?? 0n;
}

async function readRecord(files: FileStore): Promise<DemoClockRecord | null> {
  const bytes = await files.read(FILE);
  if (bytes === null) return null;
  const { offsetNs, shownNs } = JSON.parse(Buffer.from(bytes).toString('utf8')) as Record<string, string>;
  return { offsetNs: BigInt(offsetNs ?? '0'), shownNs: BigInt(shownNs ?? '0') };
}

function repeat(clock: Clock, run: () => Promise<void>): () => Promise<void> {
  let last = Promise.resolve();
  let timer: Timer;
  const arm = (): void => {
    timer = clock.after(NOTE_INTERVAL_NS, () => {
      // A disk that refuses the note costs only the note.
      last = run().catch(() => {});
      arm();
    });
  };
  arm();
  return async () => {
    timer.cancel();
    await last;
  };
}
