import { pipeline } from 'node:stream';
import { parse } from 'csv-parse';
import { ProblemError } from '../problems.ts';

const RECORD_BYTES_MAX = 64 * 1024;

/** One object per row, by the header row; empty cells are left out. Values stay text, formulas included. */
export async function* readCsv(source: AsyncIterable<Buffer>): AsyncGenerator<unknown> {
  const rows = parse({
    columns: true,
    bom: true,
    trim: true,
    skip_empty_lines: true,
    max_record_size: RECORD_BYTES_MAX,
  });
  // Not `pipe`, which leaves an error of the source to nobody and so ends the process. Here the reader of `rows` gets it.
  pipeline(source, rows, () => {});
  try {
    for await (const row of rows as AsyncIterable<Record<string, string>>) {
      yield Object.fromEntries(Object.entries(row).filter(([, value]) => value !== ''));
    }
  } catch (error) {
    if (error instanceof ProblemError) throw error;
    throw new ProblemError('UPLOAD_UNREADABLE', {
      detail: error instanceof Error ? error.message : String(error),
    });
  }
}
