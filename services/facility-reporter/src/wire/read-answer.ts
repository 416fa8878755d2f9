import { type FixMessage, MsgType, Tag } from '@tapeclock/fix';
import type { Answer } from '../core/answer.ts';
import type { FacilityProfile } from './profile.ts';

/** What the last two letters of TradeHandlingInstr's stand-in (1011) say (6.5). */
const MESSAGE_EVENT_SOURCE = 1011;
const TAKEN: ReadonlySet<string> = new Set(['EN', 'CX', 'HX', 'CR']);
const LATE_MARKS: ReadonlySet<string> = new Set(['Z', 'U']);
const IN_TIME_MARK = 'T';
const REJECTED_STATUS = '1';
const FIELD_3 = 3;
const GENERATED_FIELD = FIELD_3;

/**
 * Reads one message of the facility. Acceptance comes as an AE, refusal as an AR (6.5); what cannot be told apart is
 * `ignored` with the reason, never guessed.
 */
export function readAnswer(message: FixMessage, profile: FacilityProfile): Answer {
  switch (message.msgType) {
    case MsgType.TradeCaptureReport:
      return readAcceptance(message, profile);
    case MsgType.TradeCaptureReportAck:
      return readRefusal(message);
    case MsgType.TradeCaptureReportRequestAck:
      return readQueryAck(message, profile);
    case MsgType.Reject:
    case MsgType.BusinessMessageReject:
      return {
        kind: 'refused',
        refSeqNum: BigInt(message.int(Tag.RefSeqNum) ?? 0),
        refMsgType: message.string(Tag.RefMsgType) ?? '',
        code: `FIX_${message.string(Tag.SessionRejectReason) ?? message.string(Tag.BusinessRejectReason) ?? ''}`,
        text: message.string(Tag.Text) ?? '',
      };
    default:
      return { kind: 'ignored', why: `message type ${message.msgType}` };
  }
}

function readAcceptance(message: FixMessage, { answer }: FacilityProfile): Answer {
  const event = message.string(MESSAGE_EVENT_SOURCE) ?? '';
  if (!TAKEN.has(event.slice(-2))) return { kind: 'ignored', why: `event ${event || 'missing'}` };
  const wireId = message.string(Tag.TradeReportRefID);
  const controlNumber = message.string(answer.controlNumberTag);
  const controlDate = message.string(answer.controlDateTag);
  if (wireId === null || controlNumber === null || controlDate === null) {
    return { kind: 'ignored', why: 'acceptance without id, control number or control date' };
  }
  const generated = message.string(answer.generatedModifierTag);
  const queryId = message.string(Tag.TradeRequestID);
  return {
    kind: 'accepted',
    wireId,
    controlDate,
    controlNumber,
    refControlNumber: message.string(answer.refControlNumberTag),
    modifiers: generated === null ? [] : [{ field: GENERATED_FIELD, code: generated }],
    markedLate: generated === null ? null : lateness(generated),
    facilityNs: message.timestamp(Tag.OrigSendingTime) ?? message.timestamp(Tag.SendingTime),
    queryId,
  };
}

function lateness(mark: string): boolean | null {
  if (LATE_MARKS.has(mark)) return true;
  return mark === IN_TIME_MARK ? false : null;
}

function readRefusal(message: FixMessage): Answer {
  const wireId = message.string(Tag.TradeReportID);
  const status = message.string(Tag.TrdRptStatus);
  if (wireId === null || status !== REJECTED_STATUS) {
    return { kind: 'ignored', why: `AR with status ${status ?? 'missing'}` };
  }
  return {
    kind: 'rejected',
    wireId,
    code: message.string(Tag.TradeReportRejectReason) ?? '',
    text: message.string(Tag.Text) ?? '',
  };
}

const REQUEST_REJECTED = '2';

/**
 * `748=0` says that nothing was found, but only where result and status say that the facility looked; a refusal to look
 * must never pass for "not there". What was found follows as an AE of its own.
 */
function readQueryAck(message: FixMessage, { query }: FacilityProfile): Answer {
  const queryId = message.string(Tag.TradeRequestID);
  if (queryId === null) return { kind: 'ignored', why: 'AQ without TradeRequestID' };
  const found = message.int(Tag.TotNumTradeReports);
  const result = message.string(Tag.TradeRequestResult) ?? '';
  const isRejected = message.string(Tag.TradeRequestStatus) === REQUEST_REJECTED;
  if (found !== null && found > 0) return { kind: 'ignored', why: 'AQ announcing the report' };
  const isNotFound = found === 0 && !isRejected && query.notFoundResults.includes(result);
  return isNotFound ? { kind: 'notFound', queryId } : { kind: 'queryRefused', queryId };
}
