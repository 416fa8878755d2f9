import type { EXCEPTION_CODES } from '../../../cli/src/verify/judge.ts';
import type { RetryClass } from '../../../services/facility-reporter/src/core/reject-class.ts';
import type { DoubtCause, Hold } from '../../../services/facility-reporter/src/core/report.ts';
import { itself, type Rows, retryable, terminal } from './row.ts';

export const RULEBOOK_ISSUES: Rows<
  | 'OUTSIDE_RULEBOOK'
  | 'EVENT_TIME_MISSING'
  | 'EVENT_BEFORE_EXECUTION'
  | 'QUESTION_INVALID'
  | 'MODIFIER_NOT_MAPPED'
  | 'RULEBOOK_INVALID'
  | 'REFERENCE_ROW_UNREADABLE'
> = {
  OUTSIDE_RULEBOOK: retryable(
    'The execution, or the end of its window, falls on a day that the rulebook does not cover.',
    'Check the instant. If it is right, extend the rulebook to that date, then resubmit.',
  ),
  EVENT_TIME_MISSING: terminal(
    'A cancel, reversal or correction has its deadline from when it happened, and that is missing.',
    'Give the time of the cancel or correction.',
  ),
  EVENT_BEFORE_EXECUTION: terminal(
    'The cancel or correction lies before the execution.',
    'Correct one of the two times.',
  ),
  QUESTION_INVALID: terminal('A question to `tapeclock explain` cannot be read.', 'Mend the field named.'),
  MODIFIER_NOT_MAPPED: retryable(
    'The rulebook has no wire code for this modifier at this facility on this day. It is never sent as it is.',
    'Correct the modifier, or add its code to the facility’s wire file in `rulebook/modifiers`, then resubmit.',
  ),
  RULEBOOK_INVALID: terminal(
    'The rulebook’s files have faults; it is refused whole and the process does not start.',
    'Mend every fault that the message lists (file, path, value, what to do).',
  ),
  REFERENCE_ROW_UNREADABLE: terminal(
    'A row of reference data cannot be used. In a file it stops the start; as an update on the log it is refused and told in the log.',
    'Mend the row at the place named (file and line, or the event).',
  ),
};

export const REPORT_ISSUES: Rows<
  'EXECUTION_ID_UNUSABLE' | 'REPORT_NOT_ENCODABLE' | 'ORDER_MISSING' | 'PERSON' | 'CAT_FEEDBACK_UNREADABLE'
> = {
  EXECUTION_ID_UNUSABLE: terminal(
    'A FIX execution has no usable id. The sender got a business reject (35=j); the message is in the repair queue.',
    'Ask the source for the id and resubmit, or discard a test.',
  ),
  REPORT_NOT_ENCODABLE: terminal(
    'The report has no FIX form; nothing has left.',
    'Remove control characters from the fields, then resubmit.',
  ),
  ORDER_MISSING: terminal(
    'The trade of this report is older than what the reporter remembers (7 days).',
    'Send the trade again from its source.',
  ),
  PERSON: itself(
    'An officer learnt from the facility that it refused the report.',
    'Mend and resubmit, or discard.',
  ),
  CAT_FEEDBACK_UNREADABLE: terminal(
    'A feedback file of CAT cannot be read.',
    'Read the file on the CAT side, and ask the CAT help desk.',
  ),
};

export const HOLDS: Rows<Hold> = {
  FACILITY_CLOSED: itself(
    'It is outside the facility’s hours.',
    'Nothing: it leaves when the facility opens.',
  ),
  SESSION_DOWN: itself('No session to the facility is logged on.', 'See the alert `facility-session-down`.'),
  PREDECESSOR: itself('An earlier report of the same trade is not settled.', 'Settle that one.'),
  REFERENCE_REJECTED: terminal(
    'What it takes back or corrects was refused: the facility has nothing to change.',
    'Mend the refused report; or discard this one.',
  ),
  REFERENCE_UNKNOWN: terminal(
    'What it takes back or corrects is not known here, so its control number is missing.',
    'Cancel it at the facility by hand, and resolve it on the board.',
  ),
  CANCEL_REJECTED: terminal(
    'The cancel it belongs to was refused: alone it would be a second report of the trade.',
    'Mend the cancel.',
  ),
  FACILITY_RETRY: itself(
    'The facility refused for a reason that passes; the next attempt is timed.',
    'Nothing, if it passes.',
  ),
};

export const DOUBTS: Rows<DoubtCause> = {
  DISCONNECTED: itself(
    'The connection broke before the answer.',
    'Nothing at first: FIX resend, then a query. What still is in doubt after that is shown to a person.',
  ),
  SILENCE: itself('The facility did not answer in time.', 'The same.'),
  RESTARTED: itself('The process died between intent and answer.', 'The same.'),
  DUPLICATE: itself(
    'The facility called it a duplicate, so it may have it already.',
    'The same, beginning with the query.',
  ),
};

export const REJECT_CLASSES: Rows<RetryClass> = {
  FIX_DATA: terminal(
    'Something in the report is wrong.',
    'Mend and resubmit; the code’s entry in `rulebook/reject-codes` says what.',
  ),
  SET_UP: terminal(
    'The firm is not set up for this at the facility.',
    'Have it set up, or report to another facility.',
  ),
  RETRY: itself('The facility could not just now.', 'Nothing: tried again.'),
  DUPLICATE: itself(
    'The facility may have it already.',
    'Nothing: it is in doubt, and the facility is asked.',
  ),
  OPERATOR: terminal(
    'A code that the rulebook does not know.',
    'Read the facility’s text, call the facility, add the code to `rulebook/reject-codes`.',
  ),
};

export const VERIFY_EXCEPTIONS: Rows<(typeof EXCEPTION_CODES)[number]> = {
  EXECUTION_UNDECIDED: retryable(
    'Received, but neither decided nor in repair.',
    'Beside a running product: ask again. After a stop: it came in the last moment and is decided at the next start. Otherwise tell engineering.',
  ),
  NOT_ACCEPTED: terminal(
    'Its window is over and it has no accepted report.',
    'Look at the trade on the board; report it.',
  ),
  ACCEPTED_TWICE: terminal(
    'The facility accepted one report id more than once.',
    'Cancel the second at the facility. Tell engineering.',
  ),
  ACCEPTED_UNKNOWN: terminal(
    'The facility accepted a report that the log does not know.',
    'Find out who sent it.',
  ),
  CONTENT_DIFFERS: terminal(
    'Symbol, quantity or price at the facility are not those of the execution.',
    'Correct it at the facility. Tell engineering.',
  ),
  SENT_AGAIN: terminal(
    'A report was sent again after it was accepted, other than as a FIX retransmission.',
    'Tell engineering.',
  ),
  SENT_WITHOUT_INTENT: terminal(
    'The facility has a report whose intent is not on the log.',
    'Tell engineering.',
  ),
  IN_DOUBT: retryable(
    'The outcome of a report is not known.',
    'Beside a running product: ask again. Otherwise the in-doubt list says what to do.',
  ),
  LOG_ACCEPTED_JOURNAL_NOT: terminal(
    'The log says accepted, the facility does not.',
    'Ask the facility. Tell engineering.',
  ),
  JOURNAL_ACCEPTED_LOG_NOT: retryable(
    'The facility says accepted, the log does not (yet).',
    'Beside a running product: ask again. At rest: the answer is still to be fetched; start the product.',
  ),
  LOG_ACCEPTED_DIFFERENTLY: terminal(
    'Log and facility name different control numbers.',
    'Ask the facility. Tell engineering.',
  ),
  UNREADABLE_RECORD: terminal('Records on the log cannot be read.', 'See dead letters.'),
  DEAD_LETTER: terminal('Services set records aside.', 'See the list of dead letters on the board.'),
};

export const CONFIG_ISSUES: Rows<
  | 'CONFIG_FILE_UNREADABLE'
  | 'CONFIG_FILE_NOT_JSON'
  | 'CONFIG_FILE_SHAPE'
  | 'CONFIG_MISSING'
  | 'CONFIG_INVALID'
  | 'CONFIG_UNKNOWN'
  | 'CONFIG_SECRET_IN_FILE'
  | 'CONFIG_SECRET_UNREADABLE'
  | 'CONFIG_CERTIFICATE_UNREADABLE'
  | 'CONFIG_CERTIFICATE_UNUSABLE'
  | 'CONFIG_PLAINTEXT'
  | 'CONFIG_CONTRADICTION'
> = {
  CONFIG_FILE_UNREADABLE: terminal(
    'The configuration file cannot be read.',
    'Correct `TAPECLOCK_CONFIG`, or make the file readable.',
  ),
  CONFIG_FILE_NOT_JSON: terminal(
    'The configuration file is no JSON.',
    'Correct the file; plain JSON without comments.',
  ),
  CONFIG_FILE_SHAPE: terminal(
    'The file, or a group in it, is not an object.',
    'Write `{ "group": { "key": value } }`.',
  ),
  CONFIG_MISSING: terminal('A setting without a default is missing.', 'Set it.'),
  CONFIG_INVALID: terminal('A value does not fit its setting.', 'Correct it; the message says what fits.'),
  CONFIG_UNKNOWN: terminal('There is no setting of that name.', 'Correct the name.'),
  CONFIG_SECRET_IN_FILE: terminal(
    'A secret stands in the configuration file itself.',
    'Move it to its variable, or to a file of its own.',
  ),
  CONFIG_SECRET_UNREADABLE: terminal(
    'The file of a secret cannot be read.',
    'Correct the path or its permissions.',
  ),
  CONFIG_CERTIFICATE_UNREADABLE: terminal(
    'The file of a certificate or key cannot be read.',
    'Correct the path or its permissions.',
  ),
  CONFIG_CERTIFICATE_UNUSABLE: terminal(
    'Certificate and private key are not both there, are no PEM, or do not belong together.',
    'Name a PEM certificate chain and the key that belongs to it.',
  ),
  CONFIG_PLAINTEXT: terminal(
    'A port, or the line to the facility, would be open beyond loopback in the clear.',
    'Name a certificate or switch TLS on; or say with the `…_PLAINTEXT` setting that something in front encrypts.',
  ),
  CONFIG_CONTRADICTION: terminal('Two settings exclude each other.', 'Change one; the message says which.'),
};
