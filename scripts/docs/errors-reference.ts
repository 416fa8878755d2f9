import { PROBLEMS as BOARD } from '../../services/compliance/src/api/contract/problem.ts';
import { PROBLEMS as INGEST } from '../../services/rest-gateway/src/problems.ts';
import { FIX_CLOSES, FIX_ENCODES, FIX_INCIDENTS, FIX_SENDS, GARBLED } from './errors/fix-errors.ts';
import { BOARD_PROBLEMS, HTTP_ISSUES, INGEST_PROBLEMS } from './errors/http-errors.ts';
import { DEAD_LETTERS, DECODE_ERRORS, LOG_ERRORS } from './errors/log-errors.ts';
import {
  CONFIG_ISSUES,
  DOUBTS,
  HOLDS,
  REJECT_CLASSES,
  REPORT_ISSUES,
  RULEBOOK_ISSUES,
  VERIFY_EXCEPTIONS,
} from './errors/report-errors.ts';
import type { Row } from './errors/row.ts';
import { table } from './table.ts';

const KINDS = { terminal: 'terminal', retryable: 'retryable', itself: 'by itself' } as const;

/** docs/reference/errors.md. The compiler holds the rows to the closed sets of codes; `undocumentedCodes` looks for the open ones. */
export function renderErrorsReference(): string {
  return `# Errors

Made from the code and \`scripts/docs/errors\` by \`npm run docs:generate\`. Do not edit.

Every code is stable; texts may change. **terminal**: somebody must change something before it can work.
**retryable**: the very same may work later as it is. **by itself**: the product deals with it; it is told so that it can be counted and seen.

What is wrong with an execution's values is in [validation.md](validation.md), which facility reject codes mean what in
[\`rulebook/reject-codes\`](../../rulebook/README.md), what an alert asks for in its runbook.

${section('REST ingest', 'Answers of the REST gateway, RFC 9457 `application/problem+json`, field `code`.', problems(INGEST, INGEST_PROBLEMS))}
${section('Board API', 'Answers of the board’s API, the same format.', problems(BOARD, BOARD_PROBLEMS))}
${section('Issues inside an answer', 'Field `issues` of either.', rows(HTTP_ISSUES))}
${section('Rulebook and reference data', 'The first three and `MODIFIER_NOT_MAPPED` stand in the repair queue beside the codes of [validation](validation.md); the others where a question is asked or files are read.', rows(RULEBOOK_ISSUES))}
${section('Reports', 'Issues of repair items beside those of [validation](validation.md). A facility’s own refusal is `FACILITY_` and its code; what CAT rejects carries CAT’s code.', rows(REPORT_ISSUES))}
${section('Refusals of a facility', 'What a reject code means for us (`retryClass` of ReportRejected).', rows(REJECT_CLASSES))}
${section('Reports on hold', 'Cause of ReportHeld.', rows(HOLDS))}
${section('Reports in doubt', 'Cause of ReportInDoubt. A report in doubt is never simply sent again.', rows(DOUBTS))}
${section('Dead letters', 'A record that a service could not read or process is set aside with its bytes; the stream goes on.', rows({ ...DECODE_ERRORS, ...DEAD_LETTERS }))}
${section('Event log', 'Code of a `LogError`. While the log refuses, services wait and repeat, gateways hold their senders back.', rows(LOG_ERRORS))}
${section('FIX incidents', 'In the log of the process as `fix incident` or `facility session incident`, with session and reason.', rows(FIX_INCIDENTS))}
${section('Garbled messages', 'Reason of the incident `GARBLED`.', rows(GARBLED))}
${section('End of a FIX connection', 'Code of a session that went down.', rows(FIX_CLOSES))}
${section('FIX messages not sent', 'Code of a `SendError`.', rows(FIX_SENDS))}
${section('FIX fields that cannot be written', 'Code of an `EncodeError`.', rows(FIX_ENCODES))}
${section('Configuration', 'All faults are listed at once, and the process does not start.', rows(CONFIG_ISSUES))}
${section('tapeclock verify', 'Log against the facility’s journal.', rows(VERIFY_EXCEPTIONS))}`;
}

function section(title: string, text: string, body: string): string {
  return `## ${title}\n\n${text}\n\n${body}\n`;
}

function rows(of: Readonly<Record<string, Row>>): string {
  return table(
    ['code', 'what it means', 'kind', 'what to do'],
    Object.entries(of).map(([code, { means, kind, then }]) => [`\`${code}\``, means, KINDS[kind], then]),
  );
}

function problems(
  declared: Readonly<Record<string, { readonly status: number; readonly title: string }>>,
  of: Readonly<Record<string, Row>>,
): string {
  return table(
    ['code', 'status', 'what it means', 'kind', 'what to do'],
    Object.entries(of).map(([code, { kind, then }]) => {
      const { status, title } = declared[code] ?? { status: 0, title: '' };
      return [`\`${code}\``, String(status), `${title}.`, KINDS[kind], then];
    }),
  );
}
