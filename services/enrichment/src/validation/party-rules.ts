import type { MpidRow } from '../reference/rows.ts';
import { CUSTOMER, present } from './reading.ts';
import type { ValidationRule } from './rule.ts';

const MPID = /^[A-Z0-9]{4}$/;
const CLEARING_NUMBER = /^\d{1,8}$/;

/** Who traded with whom, in which capacity. */
export const partyRules: readonly ValidationRule[] = [
  {
    code: 'MPID_MISSING',
    field: 'mpid',
    message: 'The reporting firm is missing.',
    action: 'Give the MPID under which the trade was executed.',
    kind: 'terminal',
    source: 'Rule 7130(d)',
    broken: ({ fields }) => !present(fields.mpid),
  },
  {
    code: 'MPID_MALFORMED',
    field: 'mpid',
    message: 'This cannot be an MPID.',
    action: 'Give four capital letters or digits.',
    kind: 'terminal',
    source: null,
    broken: ({ fields }) => present(fields.mpid) && !MPID.test(fields.mpid),
  },
  {
    code: 'MPID_UNKNOWN',
    field: 'mpid',
    message: 'The MPID table does not know the reporting firm.',
    action: 'Correct the MPID; or add it to the table and resubmit the record as it is.',
    kind: 'retryable',
    source: null,
    broken: ({ fields, mpid }) => present(fields.mpid) && MPID.test(fields.mpid) && mpid === null,
  },
  {
    code: 'MPID_NOT_IN_FORCE',
    field: 'mpid',
    message: 'The reporting MPID was not in force when the trade was executed.',
    action: 'Use the MPID that was in force, or put its dates right in the table and resubmit.',
    kind: 'retryable',
    source: 'Rule 6160',
    broken: ({ mpid, executedNs }) => outOfForce(mpid, executedNs),
  },
  {
    code: 'MPID_CANNOT_EXECUTE',
    field: 'mpid',
    message: 'This MPID only clears; it cannot execute or report a trade.',
    action: 'Give the executing MPID and put the clearing number into clearingFirm.',
    kind: 'terminal',
    source: 'Rule 7130(d)',
    broken: ({ mpid }) => mpid?.kind === 'CLEARING',
  },
  {
    code: 'CONTRA_MISSING',
    field: 'contraMpid',
    message: 'The contra party is missing.',
    action: 'Give the contra firm’s MPID, or C for a customer.',
    kind: 'terminal',
    source: 'Rule 7130(d)',
    broken: ({ fields }) => !present(fields.contraMpid),
  },
  {
    code: 'CONTRA_MALFORMED',
    field: 'contraMpid',
    message: 'This can be neither an MPID nor a customer.',
    action: 'Give four capital letters or digits, or C for a customer.',
    kind: 'terminal',
    source: null,
    broken: ({ fields: { contraMpid } }) =>
      present(contraMpid) && contraMpid !== CUSTOMER && !MPID.test(contraMpid),
  },
  {
    code: 'CONTRA_UNKNOWN',
    field: 'contraMpid',
    message: 'The MPID table does not know the contra firm.',
    action: 'Correct the MPID; or add it to the table and resubmit the record as it is.',
    kind: 'retryable',
    source: null,
    broken: ({ fields: { contraMpid }, contra }) =>
      present(contraMpid) && contraMpid !== CUSTOMER && MPID.test(contraMpid) && contra === null,
  },
  {
    code: 'CONTRA_NOT_IN_FORCE',
    field: 'contraMpid',
    message: 'The contra MPID was not in force when the trade was executed.',
    action: 'Use the MPID that was in force, or put its dates right in the table and resubmit.',
    kind: 'retryable',
    source: 'Rule 6160',
    broken: ({ contra, executedNs }) => outOfForce(contra, executedNs),
  },
  {
    code: 'CONTRA_SAME_AS_MPID',
    field: 'contraMpid',
    message: 'The firm cannot be its own contra party.',
    action: 'Give C for a trade with a customer, or the other firm’s MPID.',
    kind: 'terminal',
    source: null,
    broken: ({ fields }) => present(fields.mpid) && fields.mpid === fields.contraMpid,
  },
  {
    code: 'CAPACITY_MISSING',
    field: 'capacity',
    message: 'The capacity is missing.',
    action: 'Give A (agency), P (principal) or R (riskless principal).',
    kind: 'terminal',
    source: 'OrderCapacity (528)',
    broken: ({ fields }) => !present(fields.capacity),
  },
  {
    code: 'CAPACITY_UNKNOWN',
    field: 'capacity',
    message: 'The capacity is not one of the known codes.',
    action: 'Give A (agency), P (principal) or R (riskless principal).',
    kind: 'terminal',
    source: 'OrderCapacity (528)',
    broken: ({ fields, capacity }) => present(fields.capacity) && capacity === null,
  },
  {
    code: 'CONTRA_CAPACITY_UNKNOWN',
    field: 'contraCapacity',
    message: 'The contra’s capacity is not one of the known codes.',
    action: 'Give A, P or R, or leave it empty where it is not known.',
    kind: 'terminal',
    source: 'OrderCapacity (528)',
    broken: ({ fields, contraCapacity }) => present(fields.contraCapacity) && contraCapacity === null,
  },
  {
    code: 'CONTRA_CAPACITY_OF_CUSTOMER',
    field: 'contraCapacity',
    message: 'A customer has no capacity.',
    action: 'Remove the contra capacity, or give the contra firm’s MPID in place of C.',
    kind: 'terminal',
    source: null,
    broken: ({ fields }) => fields.contraMpid === CUSTOMER && present(fields.contraCapacity),
  },
  {
    code: 'ATS_AS_PRINCIPAL',
    field: 'capacity',
    message: 'An ATS matches its subscribers; it does not trade as principal under its own MPID.',
    action: 'Report a principal trade under the firm’s own MPID, or put the capacity right.',
    kind: 'terminal',
    source: 'Rule 6160, 6183',
    broken: ({ mpid, capacity }) => mpid?.kind === 'ATS' && capacity === 'PRINCIPAL',
  },
  {
    code: 'EXECUTING_PARTY_UNKNOWN',
    field: 'executingParty',
    message: 'Who executed is told neither with Y nor with N.',
    action:
      'Give Y when this firm executed, N when the contra did, or leave it empty to let the rules decide.',
    kind: 'terminal',
    source: 'Rule 6282(b)',
    broken: ({ fields: { executingParty } }) =>
      present(executingParty) && executingParty !== 'Y' && executingParty !== 'N',
  },
  {
    code: 'EXECUTING_PARTY_IS_CUSTOMER',
    field: 'executingParty',
    message: 'A customer cannot be the executing party; the member reports.',
    action: 'Give Y, or name the firm that executed as contra.',
    kind: 'terminal',
    source: 'Rule 6282(b)',
    broken: ({ fields }) => fields.executingParty === 'N' && fields.contraMpid === CUSTOMER,
  },
  {
    code: 'CLEARING_FIRM_UNREADABLE',
    field: 'clearingFirm',
    message: 'The clearing firm is not a clearing number.',
    action: 'Give the clearing number in digits, not the MPID.',
    kind: 'terminal',
    source: 'CAT clearingFirm',
    broken: ({ fields }) => present(fields.clearingFirm) && !CLEARING_NUMBER.test(fields.clearingFirm),
  },
  {
    code: 'CLEARING_FIRM_MISSING',
    field: 'clearingFirm',
    message: 'A clearing-only report needs the clearing firm.',
    action: 'Give the clearing number.',
    kind: 'terminal',
    source: null,
    broken: ({ fields, reportType }) => reportType === 'CLEARING_ONLY' && !present(fields.clearingFirm),
  },
];

function outOfForce(row: MpidRow | null, executedNs: bigint | null): boolean {
  if (row === null || executedNs === null) return false;
  return executedNs < row.effectiveFromNs || (row.effectiveToNs !== null && executedNs >= row.effectiveToNs);
}
