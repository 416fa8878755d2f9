import { MsgType, type OutgoingMessage, type PersistIntent, SendError, type Sent, Tag } from '@tapeclock/fix';
import type { EncodedEvent, EventCodec } from '@tapeclock/schemas';
import type { Output } from '../core/output.ts';
import type { Report } from '../core/report.ts';
import type { ReporterEvent } from '../core/step.ts';
import type { Written } from './report-writer.ts';

export interface Hands {
  readonly codec: EventCodec;
  put(event: EncodedEvent): Promise<void>;
  send(sessionId: string, message: OutgoingMessage, persist?: PersistIntent): Promise<Sent>;
  write(report: Report): Written;
  query(queryId: string, report: Report): OutgoingMessage;
  /** Feeds what came of it back to the core. */
  apply(event: ReporterEvent): Promise<void>;
  /** Number `seq` of the session is being used up by an intent. */
  numbered(sessionId: string, seq: bigint): void;
}

/** Carries out one output. Resolves when an append is durable; for everything else at once. */
export function carryOut(output: Output, hands: Hands): Promise<void> {
  switch (output.kind) {
    case 'append':
      return hands.put(encode(output, hands.codec));
    case 'report':
      sendReport(output.sessionId, output.report, hands);
      return DONE;
    case 'query':
      hands.send(output.sessionId, hands.query(output.queryId, output.report)).catch(IGNORED);
      return DONE;
    case 'testRequest':
      hands
        .send(output.sessionId, { msgType: MsgType.TestRequest, fields: [[Tag.TestReqID, 'ANSWER-OVERDUE']] })
        .catch(IGNORED);
      return DONE;
  }
}

const DONE = Promise.resolve();
/** A query or sign of life that could not be sent is missed by its patience. */
const IGNORED = () => {};

/** Intent first: the session gives the number, the log takes number and bytes, and only then do they leave. */
function sendReport(sessionId: string, report: Report, hands: Hands): void {
  const { attempt } = report;
  const isStill = () => report.attempt === attempt && report.phase === 'intended';
  const tell = (event: ReporterEvent) => {
    hands.apply(event).catch(IGNORED);
  };
  const written = hands.write(report);
  if ('issue' in written) {
    tell({ kind: 'unsendable', report, issue: written.issue });
    return;
  }
  const persist: PersistIntent = (seq, bytes) => {
    hands.numbered(sessionId, BigInt(seq));
    return hands.apply({ kind: 'numbered', report, msgSeqNum: BigInt(seq), message: bytes });
  };
  hands.send(sessionId, written.message, persist).then(
    ({ sentNs }) => {
      // Null: the connection broke first; the session will send it when asked, and the report is in doubt by then.
      if (sentNs !== null && isStill()) tell({ kind: 'sent', report, sentNs });
    },
    (error: unknown) => {
      if (!(error instanceof SendError) || !isStill()) return;
      switch (error.code) {
        case 'NOT_ENCODABLE':
          tell({ kind: 'unsendable', report, issue: notEncodable(error) });
          return;
        case 'NOT_LOGGED_ON':
        case 'STOPPED':
        case 'OVERLOADED':
          // Down for us from here on, or it would be offered the same report again at once.
          tell({ kind: 'sessionDown', sessionId });
          tell({ kind: 'notNumbered', report });
          return;
        default:
        // NOT_DURABLE, RESET: the number is used up, the outcome in doubt; connection or patience will tell.
      }
    },
  );
}

function notEncodable(error: SendError) {
  return {
    code: 'REPORT_NOT_ENCODABLE',
    field: '',
    value: '',
    message: error.message,
    action: 'Remove control characters from the fields of the trade.',
  };
}

function encode(output: Extract<Output, { kind: 'append' }>, codec: EventCodec): EncodedEvent {
  switch (output.type) {
    case 'ReportIntended':
      return codec.record(output.type, output.event);
    case 'ReportAccepted':
      return codec.record(output.type, output.event);
    case 'ReportRejected':
      return codec.record(output.type, output.event);
    case 'ReportInDoubt':
      return codec.record(output.type, output.event);
    case 'ReportHeld':
      return codec.record(output.type, output.event);
    case 'RepairOpened':
      return codec.record(output.type, output.event);
    case 'OperationsAlert':
      return codec.record(output.type, output.event);
  }
}
