/**
 * Records on their way to the writing thread: one transferable buffer per batch, since a structured clone of thousands
 * of small objects would cost more than the commit.
 *
 *   batch   count u32 · zero u32 · nowNs i64 · record × count
 *   record  partition u32 · keyBytes u32 · headersBytes u32 · valueBytes u32 · key · headers · value
 *
 * All little-endian; key and headers are UTF-8, headers as a JSON object or empty.
 */
import type { Ns } from '@tapeclock/domain';
import type { AppendRecord } from '../event-log.ts';

const BATCH_HEAD = 16;
const RECORD_HEAD = 16;

export interface PlacedRecord {
  readonly record: AppendRecord;
  readonly partition: number;
}

export interface PackedRecord {
  readonly partition: number;
  readonly key: Buffer;
  readonly headers: Buffer;
  readonly value: Buffer;
}

/** Upper bound of what a record takes in a batch: UTF-16 units make at most three UTF-8 bytes each. */
export function packedBytesMax(record: AppendRecord): number {
  let bytes = RECORD_HEAD + record.key.length * 3 + record.value.length;
  if (record.headers !== undefined) {
    // JSON adds quotes, colon and comma, and at worst six bytes (\uXXXX) for one unit.
    for (const [name, text] of Object.entries(record.headers)) bytes += (name.length + text.length) * 6 + 6;
    bytes += 2;
  }
  return bytes;
}

let scratch = Buffer.allocUnsafeSlow(64 * 1024);

export function packBatch(records: readonly PlacedRecord[], nowNs: Ns): ArrayBuffer {
  const bytesMax = records.reduce((sum, { record }) => sum + packedBytesMax(record), BATCH_HEAD);
  if (scratch.length < bytesMax) scratch = Buffer.allocUnsafeSlow(bytesMax);
  scratch.writeUInt32LE(records.length, 0);
  scratch.writeUInt32LE(0, 4);
  scratch.writeBigInt64LE(nowNs, 8);
  let at = BATCH_HEAD;
  for (const { record, partition } of records) {
    const head = at;
    at += RECORD_HEAD;
    const keyBytes = scratch.write(record.key, at, 'utf8');
    at += keyBytes;
    const headers = headersText(record.headers);
    const headersBytes = headers === '' ? 0 : scratch.write(headers, at, 'utf8');
    at += headersBytes;
    scratch.set(record.value, at);
    at += record.value.length;
    scratch.writeUInt32LE(partition, head);
    scratch.writeUInt32LE(keyBytes, head + 4);
    scratch.writeUInt32LE(headersBytes, head + 8);
    scratch.writeUInt32LE(record.value.length, head + 12);
  }
  const packed = new ArrayBuffer(at);
  new Uint8Array(packed).set(scratch.subarray(0, at));
  return packed;
}

/** Views into `packed`; nothing is copied. */
export function unpackBatch(packed: ArrayBuffer): { readonly nowNs: Ns; readonly records: PackedRecord[] } {
  const bytes = Buffer.from(packed);
  const count = bytes.readUInt32LE(0);
  const records: PackedRecord[] = [];
  let at = BATCH_HEAD;
  for (let i = 0; i < count; i += 1) {
    const partition = bytes.readUInt32LE(at);
    const keyEnd = at + RECORD_HEAD + bytes.readUInt32LE(at + 4);
    const headersEnd = keyEnd + bytes.readUInt32LE(at + 8);
    const valueEnd = headersEnd + bytes.readUInt32LE(at + 12);
    records.push({
      partition,
      key: bytes.subarray(at + RECORD_HEAD, keyEnd),
      headers: bytes.subarray(keyEnd, headersEnd),
      value: bytes.subarray(headersEnd, valueEnd),
    });
    at = valueEnd;
  }
  return { nowNs: bytes.readBigInt64LE(8), records };
}

function headersText(headers: AppendRecord['headers']): string {
  if (headers === undefined) return '';
  for (const _ in headers) return JSON.stringify(headers);
  return '';
}
