/** Feedback as CAT writes it: meta records and error files. */
import type { RecordEntry } from './cat-journal.ts';
import { easternDay, easternStamp } from './eastern.ts';

export function metaRecord(input: {
  readonly name: string;
  readonly stage: string;
  readonly codes: readonly number[];
  readonly errorCount: number;
  readonly nowNs: bigint;
}): string {
  const { name, stage, codes, errorCount, nowNs } = input;
  const [submitter = '', reporter = ''] = name.split('_');
  const stamp = easternStamp(nowNs);
  const failed = codes.length > 0;
  return `${JSON.stringify({
    feedbackVersion: '4.2.0',
    submitter: Number(submitter),
    reporter,
    fileGenerationDate: Number(easternDay(nowNs)),
    fileName: name,
    receiptTimestamp: stamp,
    stage,
    stageCompleteTimestamp: stamp,
    status: failed ? 'Failure' : 'Success',
    ...(failed ? { severity: 'Error', code: codes } : {}),
    ...(errorCount > 0
      ? { errorFileName: `${name.replace(/\.json\.bz2$/, '')}.ingestion.error.json.bz2`, errorCount }
      : {}),
  })}\n`;
}

/** One object per line; the error id is a number of up to twenty digits, so it is not left to JSON.stringify. */
export function errorLines(records: readonly RecordEntry[]): Uint8Array {
  const lines = records.map(
    ({ codes, errorROEID, text }) =>
      `{"errorCode":[${codes.join(',')}],"actionType":"RPR","errorROEID":${errorROEID ?? 'null'},"errorRecord":${JSON.stringify(text)}}\n`,
  );
  return new TextEncoder().encode(lines.join(''));
}
