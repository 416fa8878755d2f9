import type { FixMessage } from '../codec/index.ts';
import { MsgType, Tag } from '../tags.ts';
import { advanceTo, askForGap, hold, releaseHeld } from './gap.ts';
import { handleBeforeLogon, handleLogon, handleLogonAgain } from './logon.ts';
import { reject, SessionRejectReason } from './session-reject.ts';
import { disconnect, logoutAndDisconnect, type Turn, transmit } from './turn.ts';
import { bodyFault, headerFault, isFatal, possDupFault } from './verify.ts';

/** A whole message with right length and checksum has come in. */
export function receive(turn: Turn, message: FixMessage): void {
  const { draft, now } = turn;
  if (draft.phase === 'disconnected') return;
  draft.lastReceivedNs = now.monotonicNs;
  draft.isTestRequested = false;
  const isLoggingOn = draft.phase === 'awaitingLogon' || draft.phase === 'logonSent';
  if (isLoggingOn && message.msgType !== MsgType.Logon) {
    handleBeforeLogon(turn, message);
    return;
  }
  if (message.beginString !== draft.config.beginString) {
    logoutAndDisconnect(turn, 'PROTOCOL', `BeginString must be ${draft.config.beginString}`);
    return;
  }
  const seq = message.int(Tag.MsgSeqNum);
  if (seq === null || seq < 1) {
    logoutAndDisconnect(turn, 'PROTOCOL', 'MsgSeqNum (34) is missing or unreadable');
    return;
  }
  const fault = headerFault(turn, message);
  if (fault !== null && (isLoggingOn || isFatal(fault))) {
    const text = `${fault.reason.text} (${fault.refTag})`;
    if (!isLoggingOn) reject(turn, message, seq, fault);
    logoutAndDisconnect(turn, isLoggingOn ? 'LOGON_REFUSED' : 'PROTOCOL', text);
    return;
  }
  if (isLoggingOn) {
    handleLogon(turn, message, seq);
    releaseDue(turn);
    return;
  }
  if (isReset(message)) {
    handleReset(turn, message, seq);
    releaseDue(turn);
    return;
  }
  if (message.msgType === MsgType.Logon && message.flag(Tag.ResetSeqNumFlag)) {
    handleLogonAgain(turn, message, seq);
    return;
  }
  if (seq > draft.expectedIn) {
    tooHigh(turn, message, seq, fault === null);
  } else if (seq < draft.expectedIn) {
    tooLow(turn, message, seq);
  } else {
    if (fault === null) process(turn, message, seq);
    else {
      advanceTo(turn, seq + 1);
      reject(turn, message, seq, fault);
    }
    releaseDue(turn);
  }
}

/** Messages that were waiting for the one just processed. */
function releaseDue(turn: Turn): void {
  const { draft } = turn;
  while (draft.phase !== 'disconnected') {
    const seq = draft.expectedIn;
    const message = releaseHeld(turn);
    if (message === undefined) return;
    if (message === null) advanceTo(turn, seq + 1);
    else process(turn, message, seq);
  }
}

function tooHigh(turn: Turn, message: FixMessage, seq: number, isSound: boolean): void {
  const { draft } = turn;
  // Two peers that each wait for the other's resend would wait for ever, so a ResendRequest is answered out of turn;
  // and who wants to leave is let go: the gap is asked for again at the next Logon.
  if (message.msgType === MsgType.ResendRequest && bodyFault(message) === null) {
    answerResendRequest(turn, message, seq);
    hold(turn, seq, null);
  } else if (message.msgType === MsgType.Logout) {
    handleLogout(turn, message);
    return;
  } else if (isSound) {
    hold(turn, seq, message);
  }
  if (draft.phase === 'loggedOn') askForGap(turn, seq);
}

function tooLow(turn: Turn, message: FixMessage, seq: number): void {
  const { draft } = turn;
  if (!message.flag(Tag.PossDupFlag)) {
    const text = `MsgSeqNum too low, expecting ${draft.expectedIn} but received ${seq}`;
    logoutAndDisconnect(turn, 'SEQUENCE_TOO_LOW', text);
    return;
  }
  const fault = possDupFault(message);
  if (fault === null) return;
  reject(turn, message, seq, fault);
  if (isFatal(fault)) logoutAndDisconnect(turn, 'PROTOCOL', fault.reason.text);
}

/** The message that was due. It uses up its number whatever comes of it. */
function process(turn: Turn, message: FixMessage, seq: number): void {
  const fault = possDupFault(message) ?? bodyFault(message);
  if (fault !== null) {
    advanceTo(turn, seq + 1);
    reject(turn, message, seq, fault);
    if (isFatal(fault)) logoutAndDisconnect(turn, 'PROTOCOL', fault.reason.text);
    return;
  }
  switch (message.msgType) {
    case MsgType.Heartbeat:
      break;
    case MsgType.TestRequest:
      transmit(turn, {
        msgType: MsgType.Heartbeat,
        fields: [[Tag.TestReqID, message.raw(Tag.TestReqID) ?? '']],
      });
      break;
    case MsgType.ResendRequest:
      answerResendRequest(turn, message, seq);
      break;
    case MsgType.SequenceReset:
      fillGap(turn, message, seq);
      return;
    case MsgType.Logout:
      advanceTo(turn, seq + 1);
      handleLogout(turn, message);
      return;
    case MsgType.Logon:
      handleLogonAgain(turn, message, seq);
      return;
    default:
      deliver(turn, message, seq);
  }
  advanceTo(turn, seq + 1);
}

/** Applications and Rejects of what we sent: somebody has to take them durably before they count as received. */
function deliver(turn: Turn, message: FixMessage, seq: number): void {
  const { draft } = turn;
  draft.inFlight = [...draft.inFlight, seq];
  turn.outputs.push({
    kind: 'deliver',
    delivery: {
      message,
      seq,
      epoch: draft.epoch,
      isPossDup: message.flag(Tag.PossDupFlag),
      isPossResend: message.flag(Tag.PossResend),
    },
  });
}

function answerResendRequest(turn: Turn, message: FixMessage, seq: number): void {
  const from = message.int(Tag.BeginSeqNo) ?? 0;
  const end = message.int(Tag.EndSeqNo) ?? 0;
  const last = turn.draft.nextOut - 1;
  if (from < 1 || end < 0 || (end > 0 && end < from)) {
    const refTag = from < 1 ? Tag.BeginSeqNo : Tag.EndSeqNo;
    reject(turn, message, seq, { reason: SessionRejectReason.valueOutOfRange, refTag });
    return;
  }
  const to = end === 0 || end > last ? last : end;
  if (from <= to) turn.outputs.push({ kind: 'resend', from, to });
}

function isReset(message: FixMessage): boolean {
  return message.msgType === MsgType.SequenceReset && !message.flag(Tag.GapFillFlag);
}

/** SequenceReset-Reset: its own number does not matter; it can only lead forward. */
function handleReset(turn: Turn, message: FixMessage, seq: number): void {
  const { draft } = turn;
  const next = message.int(Tag.NewSeqNo);
  if (next === null) {
    const isMissing = !message.has(Tag.NewSeqNo);
    const reason = isMissing ? SessionRejectReason.requiredTagMissing : SessionRejectReason.incorrectFormat;
    reject(turn, message, seq, { reason, refTag: Tag.NewSeqNo });
  } else if (next < draft.expectedIn) {
    reject(turn, message, seq, { reason: SessionRejectReason.valueOutOfRange, refTag: Tag.NewSeqNo });
  } else {
    advanceTo(turn, next);
  }
}

/** SequenceReset-GapFill: stands for the messages `seq` … NewSeqNo − 1, none of which concerns us. */
function fillGap(turn: Turn, message: FixMessage, seq: number): void {
  const next = message.int(Tag.NewSeqNo) ?? 0;
  if (next <= seq) {
    advanceTo(turn, seq + 1);
    reject(turn, message, seq, { reason: SessionRejectReason.valueOutOfRange, refTag: Tag.NewSeqNo });
    return;
  }
  advanceTo(turn, next);
}

function handleLogout(turn: Turn, message: FixMessage): void {
  const text = message.string(Tag.Text) ?? '';
  if (turn.draft.phase !== 'logoutSent') transmit(turn, { msgType: MsgType.Logout, fields: [] });
  disconnect(turn, 'LOGGED_OUT', text);
}
