import type { AnyEvent } from '@tapeclock/schemas';
import type { CatFileRecord } from '../tables.ts';
import type { BatchRows } from './batch-rows.ts';

type CatEvent = Extract<
  AnyEvent,
  { readonly type: 'CatFileIntended' | 'CatFileSubmitted' | 'CatFeedbackReceived' }
>;

export function foldCat(batch: BatchRows, input: CatEvent): void {
  const { meta, fileName } = input.event;
  const file = batch.get('cat_files', fileName) ?? newFile(fileName);
  if (meta.recordedNs < file.seen_ns) file.seen_ns = meta.recordedNs;
  switch (input.type) {
    case 'CatFileIntended':
      file.trade_date = input.event.tradeDate;
      file.imid = input.event.imid;
      file.record_count = BigInt(input.event.recordCount);
      file.sha256 = input.event.sha256;
      file.due_ns = input.event.dueAtNs;
      file.intended_ns = meta.recordedNs;
      for (const executionId of input.event.executionIds) batch.catLinks.push({ executionId, fileName });
      break;
    case 'CatFileSubmitted':
      file.submitted_ns = input.event.submittedNs;
      file.bytes = input.event.bytes;
      break;
    case 'CatFeedbackReceived':
      file.answered = 1n;
      batch.put('cat_feedback', meta.eventId, {
        feedback_id: meta.eventId,
        file_name: fileName,
        feedback_file: input.event.feedbackFile,
        stage: input.event.stage,
        status: input.event.status,
        accepted_count: BigInt(input.event.acceptedCount),
        rejected_count: BigInt(input.event.rejectedCount),
        issues: JSON.stringify(input.event.issues),
        at_ns: meta.recordedNs,
      });
      break;
  }
  batch.put('cat_files', fileName, file);
}

/** Feedback may be read before the file's own events: another partition. */
function newFile(fileName: string): CatFileRecord {
  return {
    file_name: fileName,
    trade_date: '',
    imid: '',
    record_count: 0n,
    sha256: '',
    due_ns: 0n,
    intended_ns: null,
    submitted_ns: null,
    bytes: null,
    answered: 0n,
    seen_ns: 2n ** 63n - 1n,
  };
}
