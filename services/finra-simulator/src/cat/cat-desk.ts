/**
 * The CAT side behind the wire: takes files, judges them stage by stage, writes feedback. No socket here, so the
 * simulation can use it as it is. Everything it has taken is in its journal before the sender hears of it.
 */
import { createHash } from 'node:crypto';
import { NS_PER_MS, rfc3339FromNs } from '@tapeclock/domain';
import type { Clock, FileStore, Timer } from '@tapeclock/ports';
import { type CatFaults, NO_CAT_FAULTS } from './cat-faults.ts';
import { CatJournal, type IntegrityEntry, type RecordEntry } from './cat-journal.ts';
import { errorLines, metaRecord } from './feedback-files.ts';
import { RecordBook } from './record-book.ts';
import { decompressBzip2 } from './simulated-bzip2.ts';

export interface CatDeskOptions {
  readonly clock: Clock;
  /** Holds `upload/`, `feedback/` and the journal. */
  readonly files: FileStore;
  readonly compress: (bytes: Uint8Array) => Uint8Array;
  readonly faults?: Partial<CatFaults>;
  /** Whether the facility knows a trade report; left out, CAT believes every tapeTradeID. */
  readonly facilityKnows?: (marketCenterId: string, tapeTradeId: string) => boolean;
}

const NAME =
  /^(\d{1,20})_([A-Za-z0-9]{1,7})_(\d{8})_(?:[A-Za-z0-9]{1,20}_)?OrderEvents_\d{6}(\.DEL)?\.json\.bz2$/;
const DATA_BYTES_MAX = 1024 ** 3;

export class CatDesk {
  readonly faults: CatFaults;
  readonly #options: CatDeskOptions;
  readonly #journal: CatJournal;
  readonly #book: RecordBook;
  /** SHA-256 by name: of what came first. */
  readonly #names = new Map<string, string>();
  readonly #judged = new Map<string, IntegrityEntry>();
  readonly #records = new Map<string, RecordEntry[]>();
  readonly #timers = new Set<Timer>();
  /** Bytes by path: a folder is listed often, and its files are not read for that. */
  readonly #sizes = new Map<string, number>();
  #line: Promise<void> = Promise.resolve();
  #linkageFiles = 0;
  #stopped = false;

  private constructor(options: CatDeskOptions) {
    this.#options = options;
    this.faults = { ...NO_CAT_FAULTS, ...options.faults };
    this.#journal = new CatJournal(options.files);
    this.#book = new RecordBook(this.faults, options.facilityKnows ?? (() => true));
  }

  /** Reads the journal back and goes on with files that had not been answered in full. */
  static async open(options: CatDeskOptions): Promise<CatDesk> {
    const desk = new CatDesk(options);
    for (const entry of await desk.#journal.read()) {
      if (entry.kind === 'FILE' && !entry.again) desk.#names.set(entry.name, entry.sha256);
      if (entry.kind === 'INTEGRITY') desk.#judged.set(entry.name, entry);
      if (entry.kind === 'RECORD') {
        desk.#records.set(entry.file, [...(desk.#records.get(entry.file) ?? []), entry]);
        desk.#book.take(entry);
      }
    }
    for (const folder of ['upload', 'feedback']) {
      for (const name of await options.files.list(folder)) {
        const bytes = await options.files.read(`${folder}/${name}`);
        desk.#sizes.set(`${folder}/${name}`, bytes?.length ?? 0);
      }
    }
    const answered = await desk.list('feedback');
    desk.#linkageFiles = answered.filter(({ name }) => name.includes('.linkage.')).length;
    const done = new Set(answered.map(({ name }) => name));
    for (const name of desk.#names.keys()) {
      if (!NAME.test(name) || done.has(`${baseOf(name)}.ingestion.json`)) continue;
      if (done.has(`${baseOf(name)}.integrity.json`) && (desk.#judged.get(name)?.codes.length ?? 0) > 0)
        continue;
      desk.#answer(name);
    }
    return desk;
  }

  /** A whole file has come. Resolves once it is durable; a name that was used before is journaled as such. */
  async take(name: string, bytes: Uint8Array): Promise<void> {
    const { clock } = this.#options;
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const first = this.#names.get(name);
    const again = first !== undefined;
    if (!again) this.#names.set(name, sha256);
    if (!again) await this.#store(`upload/${name}`, bytes);
    await this.#journal.append([
      {
        kind: 'FILE',
        at: rfc3339FromNs(clock.nowNs()),
        name,
        bytes: bytes.length,
        sha256,
        again,
      },
    ]);
    if (name.endsWith('.meta.json')) return;
    if (!NAME.test(name)) await this.#write(`${name}.ack.error`, '');
    else if (!again) this.#answer(name);
    // The same bytes again are a sender who was careful after a crash; other bytes under a used name are an error.
    else if (first !== sha256) await this.#refuseName(name);
  }

  /** Plain files of `upload` or `feedback`, by name. */
  async list(folder: 'upload' | 'feedback'): Promise<readonly { name: string; sizeBytes: number }[]> {
    const prefix = `${folder}/`;
    return [...this.#sizes]
      .filter(([path]) => path.startsWith(prefix))
      .map(([path, sizeBytes]) => ({ name: path.slice(prefix.length), sizeBytes }))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  read(folder: 'upload' | 'feedback', name: string): Promise<Uint8Array | null> {
    return this.#options.files.read(`${folder}/${name}`);
  }

  stop(): void {
    this.#stopped = true;
    for (const timer of this.#timers) timer.cancel();
  }

  /** Acknowledgement, integrity, ingestion, linkage: one after the other, one file after the other. */
  #answer(name: string): void {
    const base = baseOf(name);
    const stages = [
      () => this.#write(`${base}.ack.json`, this.#meta(name, 'FILE_ACKNOWLEDGEMENT', [], 0)),
      () => this.#integrity(name),
      () => this.#ingest(name),
      () => this.#link(name),
    ];
    const next = (): void => {
      const stage = stages.shift();
      if (stage === undefined || this.#stopped) return;
      const timer = this.#options.clock.after(BigInt(this.faults.stageDelayMs) * NS_PER_MS, () => {
        this.#timers.delete(timer);
        if (this.faults.silent) return;
        this.#line = this.#line.then(stage).then(next, next);
      });
      this.#timers.add(timer);
    };
    next();
  }

  async #integrity(name: string): Promise<void> {
    const known = this.#judged.get(name);
    const entry = known ?? (await this.#judgeFile(name));
    this.#judged.set(name, entry);
    if (known === undefined) await this.#journal.append([entry]);
    await this.#write(`${baseOf(name)}.integrity.json`, this.#meta(name, 'FILE_INTEGRITY', entry.codes, 0));
  }

  async #judgeFile(name: string): Promise<IntegrityEntry> {
    const lines = await this.#lines(name);
    const codes = lines === null ? [2153] : this.faults.integrityCode > 0 ? [this.faults.integrityCode] : [];
    return {
      kind: 'INTEGRITY',
      at: rfc3339FromNs(this.#options.clock.nowNs()),
      name,
      codes,
      recordCount: lines?.length ?? 0,
      metadata: await this.#metadataVerdict(name, lines?.length ?? 0),
    };
  }

  async #metadataVerdict(name: string, recordCount: number): Promise<IntegrityEntry['metadata']> {
    const bytes = await this.read('upload', `${baseOf(name)}.meta.json`);
    const data = await this.read('upload', name);
    if (bytes === null || data === null) return 'NONE';
    try {
      const meta = JSON.parse(new TextDecoder().decode(bytes)) as { files: Record<string, unknown>[] };
      const file = meta.files.find(({ fileName }) => fileName === name);
      if (file === undefined) return 'UNREADABLE';
      if (file.recordCount !== recordCount) return 'COUNT_DIFFERS';
      const sha256 = createHash('sha256').update(data).digest('hex');
      return file.compressedHash === sha256 ? 'MATCH' : 'HASH_DIFFERS';
    } catch {
      return 'UNREADABLE';
    }
  }

  async #ingest(name: string): Promise<void> {
    if ((this.#judged.get(name)?.codes.length ?? 1) > 0) return;
    const known = this.#records.get(name);
    if (known === undefined) {
      const judged = this.#book.judge(name, (await this.#lines(name)) ?? [], this.#options.clock.nowNs());
      this.#records.set(name, judged);
      if (judged.length > 0) await this.#journal.append(judged);
    }
    const rejected = (this.#records.get(name) ?? []).filter(({ outcome }) => outcome === 'REJECTED');
    const base = baseOf(name);
    if (rejected.length > 0) {
      const bytes = this.#options.compress(errorLines(rejected));
      await this.#store(`feedback/${base}.ingestion.error.json.bz2`, bytes);
    }
    await this.#write(`${base}.ingestion.json`, this.#meta(name, 'INGESTION', [], rejected.length));
  }

  /** The real linkage comes at noon of the next day, in one file for all; here after each file, in files of their own. */
  async #link(name: string): Promise<void> {
    const unlinked = (this.#records.get(name) ?? []).filter(({ outcome }) => outcome === 'UNLINKED');
    const match = NAME.exec(name);
    if (unlinked.length === 0 || match === null) return;
    this.#linkageFiles += 1;
    const number = String(this.#linkageFiles).padStart(6, '0');
    const stem = `${match[1]}_${match[2]}_${match[3]}_OrderEvents.linkage.error_${number}`;
    const bytes = this.#options.compress(errorLines(unlinked));
    await this.#store(`feedback/${stem}.json.bz2`, bytes);
  }

  /** A base name is never used twice (1103). The first file stands. */
  async #refuseName(name: string): Promise<void> {
    if (this.faults.silent) return;
    await this.#write(`${baseOf(name)}.integrity.json`, this.#meta(name, 'FILE_INTEGRITY', [1103], 0));
  }

  /** Null where the file cannot be decompressed. */
  async #lines(name: string): Promise<readonly string[] | null> {
    const bytes = await this.read('upload', name);
    if (bytes === null) return null;
    try {
      const text = new TextDecoder().decode(decompressBzip2(bytes, DATA_BYTES_MAX));
      return text.split('\n').filter((line) => line !== '');
    } catch {
      return null;
    }
  }

  #meta(name: string, stage: string, codes: readonly number[], errorCount: number): string {
    return metaRecord({ name, stage, codes, errorCount, nowNs: this.#options.clock.nowNs() });
  }

  #write(name: string, text: string): Promise<void> {
    return this.#store(`feedback/${name}`, new TextEncoder().encode(text));
  }

  async #store(path: string, bytes: Uint8Array): Promise<void> {
    await this.#options.files.writeAtomic(path, bytes);
    this.#sizes.set(path, bytes.length);
  }
}

function baseOf(name: string): string {
  return name.replace(/\.json\.bz2$/, '');
}
