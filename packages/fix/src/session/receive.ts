import type { FixMessage } from '../codec/index.ts';
import { type Complaint, SessionRejectReason } from '../reject-reason.ts';
import { MsgType, Tag } from '../tags.ts';
import { advanceTo, askForGap, hold, releaseHeld } from './gap.ts';
import { routeBack } from './header.ts';
import { handleBeforeLogon, handleLogon, handleLogonAgain, refuseLogon } from './logon.ts';
import { reject } from './session-reject.ts';
import { disconnect, logoutAndDisconnect, logoutAndWait, type Turn, transmit } from './turn.ts';
import { bodyFault, complaintText, headerFault, isFatal, possDupFault } from './verify.ts';

/** A whole message with right length and checksum has come in. */
export function receive(turn: Turn, message: FixMessage): void {
  const { draft, now } = turn;
  if (draft.phase === 'disconnected') return;
  draft.lastReceivedNs = now.monotonicNs;
  draft.isTestRequested = false;
  if (draft.verdict !== null) {
    const { code, text } = draft.verdict;
    if (message.msgType === MsgType.Logout) disconnect(turn, code, text);
    return;
  }
  if (draft.phase === 'awaitingLogon' || draft.phase === 'logonSent') {
    receiveFirst(turn, message);
    return;
  }
  if (message.beginString !== draft.config.beginString) {
    const text = 'Incorrect BeginString';
    logoutAndWait(turn, 'PROTOCOL', `${text} ${message.beginString}`, text);
    return;
  }
  const fault = headerFault(turn, message);
  if (isReset(message)) {
    handleReset(turn, message, fault);
    releaseDue(turn);
    return;
  }
  const seq = message.int(Tag.MsgSeqNum);
  if (seq === null || seq < 1) {
    logoutAndDisconnect(turn, 'PROTOCOL', UNREADABLE_SEQ);
    return;
  }
  if (fault !== null && isFatal(fault)) {
    rejectAndLogOut(turn, message, seq, fault);
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

const UNREADABLE_SEQ = 'MsgSeqNum (34) is missing or unreadable';

/** The Logon, or what came in its place. */
function receiveFirst(turn: Turn, message: FixMessage): void {
  const { config } = turn.draft;
  if (message.msgType !== MsgType.Logon) {
    handleBeforeLogon(turn, message);
    return;
  }
  const seq = message.int(Tag.MsgSeqNum);
  const fault = headerFault(turn, message);
  if (message.beginString !== config.beginString)
    refuseLogon(turn, `BeginString must be ${config.beginString}`);
  else if (seq === null || seq < 1) refuseLogon(turn, UNREADABLE_SEQ);
  else if (fault !== null) refuseLogon(turn, complaintText(fault));
  else {
    handleLogon(turn, message, seq);
    releaseDue(turn);
  }
}

/** For a peer that is somebody else, or whose clock cannot be believed. */
function rejectAndLogOut(turn: Turn, message: FixMessage, seq: number, fault: Complaint): void {
  reject(turn, message, seq, fault);
  logoutAndWait(turn, 'PROTOCOL', complaintText(fault), null);
}

/** Messages that were waiting for the one just processed. */
function releaseDue(turn: Turn): void {
  const { draft } = turn;
  while (draft.phase !== 'disconnected' && draft.verdict === null) {
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
  if (message.msgType === MsgType.ResendRequest && bodyFault(draft.config, message) === null) {
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
    // Neither moves a number of ours, and both come this way from engines that lost count in a resend.
    if (message.msgType === MsgType.Logout) {
      handleLogout(turn, message);
      return;
    }
    if (message.msgType === MsgType.ResendRequest && bodyFault(draft.config, message) === null) {
      answerResendRequest(turn, message, seq);
      return;
    }
    const text = `MsgSeqNum too low, expecting ${draft.expectedIn} but received ${seq}`;
    logoutAndDisconnect(turn, 'SEQUENCE_TOO_LOW', text);
    return;
  }
  const fault = possDupFault(message);
  if (fault === null) return;
  if (isFatal(fault)) rejectAndLogOut(turn, message, seq, fault);
  else reject(turn, message, seq, fault);
}

/** The message that was due. It uses up its number whatever comes of it. */
function process(turn: Turn, message: FixMessage, seq: number): void {
  const fault = possDupFault(message) ?? bodyFault(turn.draft.config, message);
  if (fault !== null) {
    advanceTo(turn, seq + 1);
    if (isFatal(fault)) rejectAndLogOut(turn, message, seq, fault);
    else reject(turn, message, seq, fault);
    return;
  }
  switch (message.msgType) {
    case MsgType.Heartbeat:
      break;
    case MsgType.TestRequest:
      transmit(turn, {
        msgType: MsgType.Heartbeat,
        fields: [...routeBack(message), [Tag.TestReqID, message.raw(Tag.TestReqID) ?? '']],
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
function handleReset(turn: Turn, message: FixMessage, headerComplaint: Complaint | null): void {
  const { draft } = turn;
  const seq = message.int(Tag.MsgSeqNum) ?? 0;
  const fault = headerComplaint ?? bodyFault(draft.config, message);
  const next = message.int(Tag.NewSeqNo) ?? 0;
  if (fault !== null && isFatal(fault)) rejectAndLogOut(turn, message, seq, fault);
  else if (fault !== null) reject(turn, message, seq, fault);
  else if (next < draft.expectedIn) {
    reject(turn, message, seq, { reason: SessionRejectReason.valueOutOfRange, refTag: null });
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
  if (turn.draft.phase !== 'logoutSent') {
    transmit(turn, { msgType: MsgType.Logout, fields: routeBack(message) });
  }
  disconnect(turn, 'LOGGED_OUT', text);
}
