import type { CloseCode, IncidentCode, SendErrorCode } from '@tapeclock/fix';
import type { EncodeErrorCode, GarbledReason } from '@tapeclock/fix/codec';
import { itself, type Rows, retryable, terminal } from './row.ts';

export const FIX_INCIDENTS: Rows<IncidentCode> = {
  GARBAGE: itself(
    'Bytes that belong to no message were skipped.',
    'If it repeats: something else than a FIX engine talks to the port.',
  ),
  GARBLED: itself(
    'A message with a wrong length, checksum or form was ignored; it used no sequence number, so the next message makes us ask for it again.',
    'If it repeats: tell the counterparty, with the reason (next table).',
  ),
  REJECTED: terminal(
    'A well-framed message was answered with a session Reject (35=3).',
    'Tell the counterparty the number and text of the Reject.',
  ),
  GAP: itself(
    'Messages were missing and have been asked for.',
    'Nothing; after three requests without an answer the session closes with `GAP_NOT_FILLED`.',
  ),
  RESEND: itself('The counterparty asked for messages again.', 'Nothing.'),
  SEQUENCE_RESET: itself(
    'Both directions began anew at 1. What was sent and not received is lost to the session.',
    'Ask the counterparty why, unless it was agreed. On the way to a facility the reporter asks about what is in doubt.',
  ),
  NOT_TAKEN: retryable(
    'A message could not be made durable. The connection was dropped; the counterparty sends it again.',
    'Look at the log errors beside it.',
  ),
  STORE_FAILED: retryable(
    'Sequence numbers could not be stored; the connection was dropped.',
    'Look at the log errors beside it.',
  ),
  TOO_MANY_CONNECTIONS: retryable(
    'Too many connections wait to log on.',
    'Look for a client that connects in a loop.',
  ),
  NO_LOGON: terminal(
    'The first message was no Logon, came too late, was too large, or nothing but garbage came.',
    'Check what the client sends first.',
  ),
  UNKNOWN_SESSION: terminal(
    'No session has this BeginString and these CompIDs.',
    'Correct CompIDs or FIX version on one of the two sides.',
  ),
  ADDRESS_REFUSED: terminal(
    'The session may not come from this address.',
    'Check the address, then `remoteAddresses` of the session.',
  ),
  PASSWORD_REFUSED: terminal(
    'Password (554) is wrong.',
    'Set it anew on both sides. Many of them are an attack or a forgotten change.',
  ),
  ALREADY_LOGGED_ON: terminal(
    'The session has a connection; a second Logon is refused and the first goes on.',
    'Find the second instance of the client.',
  ),
  LOOKUP_FAILED: retryable(
    'The session’s settings or store could not be read.',
    'Look at the text; the client’s next Logon tries again.',
  ),
  CONNECT_FAILED: retryable(
    'The counterparty (a facility) was not reached. Tried again within a second.',
    'If it lasts, the alert `facility-session-down` says what to do.',
  ),
};

export const GARBLED: Rows<GarbledReason> = {
  HEADER_ORDER: terminal('8, 9 and 35 are not the first three fields.', 'Correct the sender.'),
  BODY_LENGTH: terminal(
    'BodyLength (9) is unreadable, or CheckSum (10) does not stand where it says.',
    'Correct the sender.',
  ),
  CHECKSUM: terminal('CheckSum (10) is wrong.', 'Correct the sender; or look at the line.'),
  TAG: terminal('A tag is not a positive whole number without leading zeros.', 'Correct the sender.'),
  FIELD: terminal('A field has no `=` or no end.', 'Correct the sender.'),
};

export const FIX_CLOSES: Rows<CloseCode> = {
  LOGGED_OUT: itself('The session ended in good order.', 'Nothing.'),
  LOGON_TIMEOUT: retryable('No Logon, or no answer to ours, in time.', 'Check that the counterparty is up.'),
  LOGON_REFUSED: terminal(
    'The Logon could not be accepted, or the peer refused ours.',
    'Read the text; correct the settings.',
  ),
  SILENCE: retryable('Nothing was heard for 2.4 heartbeat intervals.', 'Check network and counterparty.'),
  SEQUENCE_TOO_LOW: terminal(
    'A number came that was used already, without PossDup: one side lost its numbers.',
    'Agree on the numbers with the counterparty; nothing is guessed.',
  ),
  PROTOCOL: terminal(
    'A message broke the session’s rules: wrong CompIDs, no MsgSeqNum, stale SendingTime, a Logon while logged on.',
    'Read the text of the Logout; correct the sender.',
  ),
  GAP_NOT_FILLED: terminal(
    'The counterparty did not send again what was asked for three times.',
    'Have its resend looked at.',
  ),
  LOGOUT_TIMEOUT: itself('Our Logout was not answered in time.', 'Nothing.'),
  CONNECTION_LOST: retryable(
    'The peer or the network closed the stream.',
    'Nothing, if it comes back. If not, check the network.',
  ),
  NOT_TAKEN: retryable(
    'A message could not be made durable, so the sender has to send it again.',
    'Look at the log errors beside it.',
  ),
  STORE_FAILED: retryable('Sequence numbers could not be stored.', 'Look at the log errors beside it.'),
  MESSAGE_TOO_LARGE: terminal(
    'A message announced more bytes than are accepted (1 MiB).',
    'Correct the sender. It will send it again.',
  ),
  TOO_MUCH_GARBAGE: terminal('Too many bytes without a message.', 'Check what talks to the port.'),
};

export const FIX_SENDS: Rows<SendErrorCode> = {
  NOT_LOGGED_ON: retryable(
    'No number was used: the session is down.',
    'Nothing; a report queues again by itself.',
  ),
  NOT_ENCODABLE: terminal(
    'No number was used: the message has no FIX form.',
    'Mend the fields: the report is in the repair queue as `REPORT_NOT_ENCODABLE`.',
  ),
  OVERLOADED: retryable(
    'No number was used: too many messages wait to leave.',
    'Nothing; a report queues again by itself.',
  ),
  NOT_DURABLE: retryable(
    'The intent could not be recorded, so the bytes never left and the number is gap-filled.',
    'Look at the log errors beside it; the report may be in doubt for a while.',
  ),
  RESET: retryable(
    'The sequence numbers were reset before the bytes left.',
    'Nothing; the reporter asks the facility.',
  ),
  STOPPED: retryable('No number was used: the process is stopping.', 'Nothing.'),
};

export const FIX_ENCODES: Rows<EncodeErrorCode> = {
  TAG: terminal('A tag is not a positive whole number.', 'Correct the profile that names it.'),
  EMPTY: terminal('A field without a value.', 'Leave the field out.'),
  SOH: terminal('A value holds the field separator.', 'Remove control characters from the field.'),
  NOT_WHOLE: terminal(
    'A number with a fraction was to be written as a number.',
    'Report it: decimals are written as text.',
  ),
};
