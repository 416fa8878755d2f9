import { NS_PER_SECOND } from '@tapeclock/domain';
import type { Field, FixMessage } from '../codec/index.ts';
import { MsgType, Tag } from '../tags.ts';
import { askForGap, hold } from './gap.ts';
import { disconnect, enter, logoutAndDisconnect, resetSequences, type Turn, transmit } from './turn.ts';
import { bodyFault, complaintText } from './verify.ts';

/** The stream is open: whatever was in flight when the last one broke is asked for again. */
export function connected(turn: Turn): void {
  const { draft, now } = turn;
  draft.expectedIn = draft.inFlight[0] ?? draft.expectedIn;
  draft.inFlight = [];
  draft.lastReceivedNs = now.monotonicNs;
  draft.lastSentNs = now.monotonicNs;
  draft.heartbeatNs = 0n;
  if (draft.config.role === 'acceptor') {
    enter(turn, 'awaitingLogon');
    return;
  }
  enter(turn, 'logonSent');
  if (draft.config.resetOnLogon) {
    resetSequences(turn);
    draft.isResetSent = true;
  }
  sendLogon(turn, draft.config.heartbeatSeconds, draft.isResetSent);
}

/** The first message of the peer. `seq` is its number; header and CompIDs have been verified. */
export function handleLogon(turn: Turn, message: FixMessage, seq: number): void {
  const fault = bodyFault(turn.draft.config, message);
  if (fault !== null) {
    refuseLogon(turn, complaintText(fault));
    return;
  }
  const { config } = turn.draft;
  const seconds = message.int(Tag.HeartBtInt) ?? -1;
  if (seconds < 0 || seconds > config.heartbeatSecondsMax) {
    refuseLogon(turn, `HeartBtInt must be from 0 to ${config.heartbeatSecondsMax}, got ${seconds}`);
    return;
  }
  if (config.beginString === 'FIXT.1.1' && !message.has(Tag.DefaultApplVerID)) {
    refuseLogon(turn, 'Required tag missing (1137)');
    return;
  }
  const asksReset = message.flag(Tag.ResetSeqNumFlag);
  if (asksReset && seq !== 1) {
    refuseLogon(turn, `ResetSeqNumFlag needs MsgSeqNum 1, got ${seq}`);
    return;
  }
  if (config.role === 'acceptor') answer(turn, message, seq, seconds, asksReset);
  else conclude(turn, message, seq, seconds, asksReset);
}

function answer(turn: Turn, message: FixMessage, seq: number, seconds: number, asksReset: boolean): void {
  if (asksReset || turn.draft.config.resetOnLogon) resetSequences(turn);
  if (isTooLow(turn, message, seq)) return;
  sendLogon(turn, seconds, asksReset);
  begin(turn, seq, seconds);
}

function conclude(turn: Turn, message: FixMessage, seq: number, seconds: number, asksReset: boolean): void {
  // The peer resets although we did not ask: our Logon then counts as number 1 of the new numbering.
  if (asksReset && !turn.draft.isResetSent) resetSequences(turn, 2);
  if (isTooLow(turn, message, seq)) return;
  begin(turn, seq, seconds);
}

function begin(turn: Turn, seq: number, seconds: number): void {
  const { draft } = turn;
  draft.heartbeatNs = BigInt(seconds) * NS_PER_SECOND;
  enter(turn, 'loggedOn');
  turn.outputs.push({ kind: 'loggedOn' });
  if (seq > draft.expectedIn) {
    hold(turn, seq, null);
    askForGap(turn, seq);
  } else if (seq === draft.expectedIn) {
    draft.expectedIn += 1;
  }
}

/** A Logon below what was taken means that the peer lost its numbers: a person must look, nothing is guessed. */
function isTooLow(turn: Turn, message: FixMessage, seq: number): boolean {
  const { draft } = turn;
  if (seq >= draft.expectedIn || message.flag(Tag.PossDupFlag)) return false;
  logoutAndDisconnect(
    turn,
    'SEQUENCE_TOO_LOW',
    `MsgSeqNum too low, expecting ${draft.expectedIn} but received ${seq}`,
  );
  return true;
}

/** A Logon on a live session: a reset in mid-session when it says so, else an error. */
export function handleLogonAgain(turn: Turn, message: FixMessage, seq: number): void {
  if (!message.flag(Tag.ResetSeqNumFlag) || seq !== 1) {
    logoutAndDisconnect(turn, 'PROTOCOL', 'Logon received while logged on');
    return;
  }
  const fault = bodyFault(turn.draft.config, message);
  if (fault !== null) {
    logoutAndDisconnect(turn, 'PROTOCOL', complaintText(fault));
    return;
  }
  const seconds = Number(turn.draft.heartbeatNs / NS_PER_SECOND);
  resetSequences(turn);
  sendLogon(turn, seconds, true);
  turn.draft.expectedIn = 2;
}

function sendLogon(turn: Turn, heartbeatSeconds: number, isReset: boolean): void {
  const { config } = turn.draft;
  const fields: Field[] = [
    [Tag.EncryptMethod, 0],
    [Tag.HeartBtInt, heartbeatSeconds],
  ];
  if (isReset) fields.push([Tag.ResetSeqNumFlag, 'Y']);
  if (config.role === 'initiator' && config.username !== null) fields.push([Tag.Username, config.username]);
  if (config.role === 'initiator' && config.password !== null) fields.push([Tag.Password, config.password]);
  if (config.beginString === 'FIXT.1.1') fields.push([Tag.DefaultApplVerID, config.defaultApplVerId]);
  transmit(turn, { msgType: MsgType.Logon, fields });
}

/** The peer has shown who it is, so it may know what is wrong, unless the session is configured to be silent. */
export function refuseLogon(turn: Turn, text: string): void {
  if (turn.draft.config.logonRefusal === 'silent') disconnect(turn, 'LOGON_REFUSED', text);
  else logoutAndDisconnect(turn, 'LOGON_REFUSED', text);
}

/** Anything but a Logon first. An acceptor says nothing to strangers; an initiator is told why it was refused. */
export function handleBeforeLogon(turn: Turn, message: FixMessage): void {
  const text = message.string(Tag.Text);
  const what = message.msgType === MsgType.Logout ? 'Logon refused by the peer' : 'first message is no Logon';
  disconnect(turn, 'LOGON_REFUSED', text === null ? what : `${what}: ${text}`);
}
