import { present, type Reading } from './reading.ts';
import type { ValidationRule } from './rule.ts';
import { facilityTakes } from './vocabulary.ts';

const SYMBOL = /^[A-Z][A-Z0-9]{0,8}(?:[.\- ][A-Z0-9]{1,4}){0,2}$/;

/** What was traded, whether it could be, and whether the wished-for facility takes it. */
export const symbolRules: readonly ValidationRule[] = [
  {
    code: 'SYMBOL_MISSING',
    field: 'symbol',
    message: 'The symbol is missing.',
    action: 'Give the symbol as the listing exchange writes it, or as FINRA does for OTC equity.',
    kind: 'terminal',
    source: 'Rule 7130(d)',
    broken: ({ fields }) => !present(fields.symbol),
  },
  {
    code: 'SYMBOL_MALFORMED',
    field: 'symbol',
    message: 'This cannot be a symbol.',
    action: 'Give a ticker symbol in capitals, for example BRK.B; not a CUSIP, ISIN or name.',
    kind: 'terminal',
    source: null,
    broken: ({ fields }) => present(fields.symbol) && !SYMBOL.test(fields.symbol),
  },
  {
    code: 'SYMBOL_UNKNOWN',
    field: 'symbol',
    message: 'The security master does not know this symbol.',
    action: 'Correct the symbol; or add it to the security master and resubmit the record as it is.',
    kind: 'retryable',
    source: null,
    broken: ({ fields, security }) =>
      present(fields.symbol) && SYMBOL.test(fields.symbol) && security === null,
  },
  {
    code: 'SYMBOL_NOT_YET_LISTED',
    field: 'symbol',
    message: 'The security was not yet listed when the trade was executed.',
    action: 'Check symbol and date; put the listing date right in the security master if it is wrong.',
    kind: 'retryable',
    source: null,
    broken: ({ security, executedNs }) =>
      security !== null && executedNs !== null && executedNs < security.listedFromNs,
  },
  {
    code: 'SYMBOL_DELISTED',
    field: 'symbol',
    message: 'The security was no longer listed when the trade was executed.',
    action: 'Use the symbol under which it trades now, or put the security master right and resubmit.',
    kind: 'retryable',
    source: null,
    broken: ({ security, executedNs }) =>
      security !== null &&
      executedNs !== null &&
      security.delistedFromNs !== null &&
      executedNs >= security.delistedFromNs,
  },
  {
    code: 'SYMBOL_SUSPENDED',
    field: 'symbol',
    message: 'The security is suspended from trading.',
    action: 'Stop and tell compliance: the trade may not have been allowed.',
    kind: 'retryable',
    source: 'Rule 5260',
    broken: ({ security }) => security?.status === 'SUSPENDED',
  },
  {
    code: 'SYMBOL_HALTED',
    field: 'symbol',
    message: 'Trading in the security was halted when the trade was executed.',
    action:
      'Tell compliance: Rule 5260 forbids the trade. Check the execution time, then report what is true.',
    kind: 'retryable',
    source: 'Rule 5260',
    broken: ({ halt }) => halt !== null,
  },
  {
    code: 'FACILITY_UNKNOWN',
    field: 'facility',
    message: 'There is no facility of this name.',
    action: 'Use ADF, TRF_CARTERET, TRF_CHICAGO, TRF_NYSE or ORF, or leave it empty for the firm’s routing.',
    kind: 'terminal',
    source: null,
    broken: ({ fields, facility }) => present(fields.facility) && facility === null,
  },
  {
    code: 'FACILITY_NOT_FOR_CLASS',
    field: 'facility',
    message: 'This facility does not take this class of security.',
    action:
      'Report NMS stocks to ADF or a TRF and all other equity to ORF; leave the field empty for routing.',
    kind: 'terminal',
    source: 'Rule 7110(a), 6610',
    broken: ({ facility, security }) =>
      facility !== null && security !== null && !facilityTakes(facility, security.symbolClass),
  },
  {
    code: 'FACILITY_NOT_AUTHORISED',
    field: 'facility',
    message: 'The reporting MPID has no participation agreement with this facility.',
    action: 'Choose another facility, or enter the authorisation in the MPID table and resubmit.',
    kind: 'retryable',
    source: 'Rule 7120',
    broken: ({ facility, mpid }) => facility !== null && mpid !== null && !mpid.facilities.includes(facility),
  },
  {
    code: 'FACILITY_NONE_POSSIBLE',
    field: 'facility',
    message: 'No facility is left: the routing names none that takes this class and that the MPID may use.',
    action: 'Complete the routing table or the MPID’s authorisations, then resubmit the record as it is.',
    kind: 'retryable',
    source: 'Rule 7120',
    broken: (reading) => noFacilityPossible(reading),
  },
];

function noFacilityPossible({ fields, security, mpid, route }: Reading): boolean {
  if (present(fields.facility) || security === null || mpid === null || mpid.kind === 'CLEARING')
    return false;
  const possible = [route?.preferred, route?.second].some(
    (facility) =>
      facility !== undefined &&
      facility !== null &&
      facilityTakes(facility, security.symbolClass) &&
      mpid.facilities.includes(facility),
  );
  return !possible;
}
