/** What CAT holds: every record it has taken, which errors are open, which ids and links are used. */
import { createHash } from 'node:crypto';
import { rfc3339FromNs } from '@tapeclock/domain';
import type { CatFaults } from './cat-faults.ts';
import type { RecordEntry } from './cat-journal.ts';
import { easternDay, easternStamp } from './eastern.ts';
import { type Read, readLine } from './read-line.ts';
import { recordCodes } from './record-rules.ts';

/** Beyond 2^63, as the real ones can be: whoever reads it as a double has lost it. */
const FIRST_ERROR_ROEID = 18_000_000_000_000_000_000n;
const DUPLICATE_FIRM_ROEID = 3002;
const DUPLICATE_FACILITY_LINK = 4011;
const LINK_NOT_FOUND = 4003;

export class RecordBook {
  readonly #faults: CatFaults;
  readonly #facilityKnows: (marketCenterId: string, tapeTradeId: string) => boolean;
  /** IMID and firmROEID of records that were taken. */
  readonly #taken = new Set<string>();
  /** Facility link to the record that has it. */
  readonly #links = new Map<string, string>();
  readonly #openErrors = new Set<string>();
  #errors = 0n;

  constructor(faults: CatFaults, facilityKnows: (marketCenterId: string, tapeTradeId: string) => boolean) {
    this.#faults = faults;
    this.#facilityKnows = facilityKnows;
  }

  /** Judges a file's lines in order and takes them into the book. */
  judge(file: string, lines: readonly string[], nowNs: bigint): RecordEntry[] {
    return lines.map((line, index) => {
      const entry = this.#judgeLine(file, line, index + 1, nowNs);
      this.take(entry);
      return entry;
    });
  }

  /** An outcome that stands: just judged, or read back from the journal. */
  take(entry: RecordEntry): void {
    if (entry.errorROEID !== null) {
      this.#openErrors.add(entry.errorROEID);
      const number = BigInt(entry.errorROEID) - FIRST_ERROR_ROEID;
      if (number > this.#errors) this.#errors = number;
    }
    const record = readLine(entry.text);
    if (entry.outcome === 'REJECTED' || record === null) return;
    const key = `${imidOf(entry.file)}/${entry.firmROEID}`;
    if (entry.actionType === 'DEL') {
      this.#taken.delete(key);
      for (const [link, holder] of this.#links) if (holder === key) this.#links.delete(link);
      return;
    }
    this.#taken.add(key);
    const repaired = errorIdOf(record);
    if (repaired !== null) this.#openErrors.delete(repaired);
    if (entry.tapeTradeID !== '') this.#links.set(linkOf(entry), key);
  }

  #judgeLine(file: string, line: string, number: number, nowNs: bigint): RecordEntry {
    const record = readLine(line);
    const imid = imidOf(file);
    const codes = recordCodes(record, line, {
      imid,
      nowEastern: easternStamp(nowNs),
      easternDateOf: easternDay,
      isOpenError: (id) => this.#openErrors.has(id),
    });
    const base = {
      kind: 'RECORD',
      at: rfc3339FromNs(nowNs),
      file,
      line: number,
      firmROEID: textOf(record, 'firmROEID'),
      actionType: textOf(record, 'actionType'),
      tapeTradeID: textOf(record, 'tapeTradeID'),
      marketCenterID: textOf(record, 'marketCenterID'),
      text: line,
    } as const;
    const key = `${imid}/${base.firmROEID}`;
    const seenBefore = base.actionType === 'NEW' && this.#taken.has(key);
    const { rejectPercent, rejectCode, unlinkedPercent, linkageCode } = this.#faults;
    if (codes.length === 0 && base.actionType === 'NEW' && share(base.firmROEID, 'reject') < rejectPercent) {
      codes.push(rejectCode);
    }
    if (codes.length > 0) {
      return { ...base, outcome: 'REJECTED', codes, errorROEID: this.#nextError(), seenBefore };
    }
    const linkage: number[] = [];
    if (seenBefore) linkage.push(DUPLICATE_FIRM_ROEID);
    const holder = base.tapeTradeID === '' ? undefined : this.#links.get(linkOf(base));
    if (holder !== undefined && holder !== key) linkage.push(DUPLICATE_FACILITY_LINK);
    if (base.tapeTradeID !== '' && !this.#facilityKnows(base.marketCenterID, base.tapeTradeID)) {
      linkage.push(LINK_NOT_FOUND);
    }
    if (base.actionType === 'NEW' && share(base.firmROEID, 'link') < unlinkedPercent)
      linkage.push(linkageCode);
    return linkage.length === 0
      ? { ...base, outcome: 'TAKEN', codes: [], errorROEID: null, seenBefore }
      : { ...base, outcome: 'UNLINKED', codes: linkage, errorROEID: this.#nextError(), seenBefore };
  }

  #nextError(): string {
    this.#errors += 1n;
    return (FIRST_ERROR_ROEID + this.#errors).toString();
  }
}

function linkOf(entry: Pick<RecordEntry, 'firmROEID' | 'marketCenterID' | 'tapeTradeID'>): string {
  return `${entry.firmROEID.slice(0, 8)}/${entry.marketCenterID}/${entry.tapeTradeID}`;
}

function imidOf(file: string): string {
  return file.split('_')[1] ?? '';
}

function textOf(record: Read | null, name: string): string {
  const value = record?.[name];
  return typeof value === 'string' ? value : '';
}

function errorIdOf(record: Read): string | null {
  const value = record.errorROEID;
  return typeof value === 'object' && value !== null && 'text' in value && typeof value.text === 'string'
    ? value.text
    : null;
}

/** 0 … 99, the same for the same id: which records fail is then no matter of chance. */
function share(id: string, purpose: string): number {
  return createHash('sha256').update(`${purpose}/${id}`).digest().readUInt32BE(0) % 100;
}
