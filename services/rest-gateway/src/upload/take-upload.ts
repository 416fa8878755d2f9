import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type { RestLimits } from '../config.ts';
import { ProblemError } from '../problems.ts';
import type { RecordResult } from '../records/take-records.ts';
import { boundedBytes } from './bounded.ts';
import { readCsv } from './read-csv.ts';
import { readNdjson } from './read-ndjson.ts';

export interface UploadSummary {
  readonly records: number;
  readonly accepted: number;
  readonly duplicate: number;
  readonly conflict: number;
  readonly refused: number;
  /** What was not simply accepted, at most `resultsMax` of it. */
  readonly results: readonly RecordResult[];
  readonly resultsLeftOut: number;
}

const CHUNK_RECORDS = 500;
const RESULTS_MAX = 1_000;

/**
 * Streams an upload into the log in chunks. Memory holds one chunk, whatever the file's size. When the file ends badly
 * the error says how much was taken; sending it again takes the rest and nothing twice.
 */
export async function takeUpload(
  body: Readable,
  form: { readonly format: 'json' | 'csv'; readonly gzip: boolean },
  limits: RestLimits,
  take: (values: readonly unknown[], firstIndex: number) => Promise<readonly RecordResult[]>,
): Promise<UploadSummary> {
  const tally = { records: 0, accepted: 0, duplicate: 0, conflict: 0, refused: 0 };
  const results: RecordResult[] = [];
  let leftOut = 0;
  let chunk: unknown[] = [];
  const flush = async () => {
    for (const result of await take(chunk, tally.records)) {
      tally[result.status] += 1;
      if (result.status === 'accepted') continue;
      if (results.length < RESULTS_MAX) results.push(result);
      else leftOut += 1;
    }
    tally.records += chunk.length;
    chunk = [];
  };
  try {
    const bytes = plainBytes(body, form.gzip, limits);
    for await (const value of form.format === 'csv' ? readCsv(bytes) : readNdjson(bytes)) {
      if (tally.records + chunk.length >= limits.uploadRecordsMax) throw new ProblemError('UPLOAD_TOO_LARGE');
      chunk.push(value);
      if (chunk.length === CHUNK_RECORDS) await flush();
    }
    if (chunk.length > 0) await flush();
  } catch (error) {
    throw withTally(error, tally);
  }
  if (tally.records === 0) throw new ProblemError('UPLOAD_EMPTY');
  return { ...tally, results, resultsLeftOut: leftOut };
}

function plainBytes(body: Readable, gzip: boolean, limits: RestLimits): AsyncIterable<Buffer> {
  let compressedBytes = 0;
  body.on('data', (chunk: Buffer) => {
    compressedBytes += chunk.length;
  });
  const bound = boundedBytes({
    bytesMax: limits.uploadBytesMax,
    ratioMax: gzip ? limits.uploadRatioMax : Number.POSITIVE_INFINITY,
    compressedBytes: () => compressedBytes,
  });
  const plain = gzip ? body.pipe(createGunzip()) : body;
  // `pipe` does not carry errors over; the reader of the last stream must see the first failure.
  body.on('error', (error) => bound.destroy(error));
  plain.on('error', (error) => bound.destroy(error));
  return plain.pipe(bound);
}

function withTally(error: unknown, tally: Readonly<Record<string, number>>): ProblemError {
  if (error instanceof ProblemError) {
    return new ProblemError(error.code, {
      detail: error.message,
      extra: { ...error.extra, taken: tally },
      ...(error.retryAfterSeconds === null ? {} : { retryAfterSeconds: error.retryAfterSeconds }),
    });
  }
  return new ProblemError('UPLOAD_UNREADABLE', {
    detail: error instanceof Error ? error.message : String(error),
    extra: { taken: tally },
  });
}
