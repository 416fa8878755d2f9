import type { ProblemCode as BoardProblem } from '../../../services/compliance/src/api/contract/problem.ts';
import type { ProblemCode as IngestProblem } from '../../../services/rest-gateway/src/problems.ts';
import { type Rows, retryable, terminal } from './row.ts';

/** Kind and advice; status and title come from the code. */
export const INGEST_PROBLEMS: Rows<IngestProblem> = {
  KEY_MISSING: terminal('', 'Send the key; if it was changed, get the new one.'),
  REQUEST_INVALID: terminal('', 'Mend what `issues` or `detail` name.'),
  CONTENT_TYPE: terminal('', 'Use `application/json`; for uploads `application/x-ndjson` or `text/csv`.'),
  BODY_TOO_LARGE: terminal('', 'Send fewer records at once, or use the upload.'),
  ID_CONFLICT: terminal(
    '',
    'Use a new id, or send a correction. Compliance decides over the conflict in the repair queue.',
  ),
  UPLOAD_EMPTY: terminal('', 'Check the file: it holds no record.'),
  UPLOAD_UNREADABLE: terminal(
    '',
    'Mend what `detail` names; send the whole file again. `taken` says what was taken; nothing is taken twice.',
  ),
  UPLOAD_TOO_LARGE: terminal('', 'Split the file. `taken` says what was taken.'),
  RATE_LIMITED: retryable('', 'Wait as `Retry-After` says.'),
  OVERLOADED: retryable('', 'Wait as `Retry-After` says.'),
  LOG_UNAVAILABLE: retryable('', 'Send the same again later: that is safe. `detail` is the log’s code.'),
  NOT_FOUND: terminal('', 'Check the address.'),
  INTERNAL: retryable('', 'Send the same again: that is safe. Tell engineering.'),
};

export const BOARD_PROBLEMS: Rows<BoardProblem> = {
  REQUEST_INVALID: terminal('', 'Mend what `issues` name.'),
  CURSOR_INVALID: terminal('', 'Begin at the first page.'),
  NOT_SIGNED_IN: terminal('', 'Sign in. A restart of the process signs everybody out.'),
  CREDENTIALS_WRONG: terminal('', 'Check name and password.'),
  ROLE_REQUIRED: terminal('', 'Ask an officer.'),
  ORIGIN_REFUSED: terminal(
    '',
    'Use the board itself; an own client sends the header named in services/compliance/API.md.',
  ),
  NOT_FOUND: terminal('', 'Check the id; what came a moment ago may not be in the read model yet.'),
  ALREADY_SETTLED: terminal('', 'Look at the item again: somebody was faster.'),
  BODY_TOO_LARGE: terminal('', 'Shorten the reason.'),
  MEDIA_TYPE_UNSUPPORTED: terminal('', 'Send `application/json`.'),
  RATE_LIMITED: retryable('', 'Wait as `Retry-After` says.'),
  LOG_UNAVAILABLE: retryable('', 'Try again; nothing was done.'),
  LIVE_FULL: retryable('', 'Close boards that nobody looks at; try again.'),
  INTERNAL: retryable('', 'Tell engineering; the process’s log has it.'),
};

/** Codes of single issues inside a problem. */
export const HTTP_ISSUES: Rows<'RECORD_SHAPE' | 'BATCH_SHAPE' | 'SCHEMA_MISFIT' | 'CONTROL_NUMBER_MISSING'> =
  {
    RECORD_SHAPE: terminal(
      'Ingest: a record has a field that is missing, unknown, no text, too long, or an unusable id.',
      'Mend the field named. What a value means is judged later, by [validation](validation.md).',
    ),
    BATCH_SHAPE: terminal(
      'Ingest: the batch is no list, is empty, or is too long.',
      'Send `{"executions": [ … ]}` with 1 to 1,000 records.',
    ),
    SCHEMA_MISFIT: terminal(
      'Board: query or body do not fit the schema.',
      'Correct the field; `/documentation` shows it.',
    ),
    CONTROL_NUMBER_MISSING: terminal(
      'Board: a report was called accepted without control date and number.',
      'Ask the facility for both.',
    ),
  };
