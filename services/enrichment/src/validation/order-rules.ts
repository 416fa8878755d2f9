import { present } from './reading.ts';
import type { ValidationRule } from './rule.ts';
import { ACCOUNT_HOLDER_TYPES } from './vocabulary.ts';

/** CAT Text(n): printable ASCII but for comma, bar, quote and at sign. */
const CAT_TEXT = /^[ -~]*$/;
const CAT_FORBIDDEN = /[,|"@]/;

/**
 * What ties the trade to its order and account in CAT, and what the facility passes on. What is merely absent is no fault
 * here: CAT has until the next morning, the facility ten seconds, so a report never waits for it. The CAT reporter asks.
 */
export const orderRules: readonly ValidationRule[] = [
  {
    code: 'ACCOUNT_TOO_LONG',
    field: 'account',
    message: 'The account (FDID) has more than 40 characters.',
    action: 'Give the firm designated ID as registered with CAT.',
    kind: 'terminal',
    source: 'CAT firmDesignatedID, Text(40)',
    broken: ({ fields }, limits) => tooLong(fields.account, limits.accountLengthMax),
  },
  {
    code: 'ACCOUNT_CHARACTERS',
    field: 'account',
    message: 'CAT takes no comma, bar, quote or at sign in an account.',
    action: 'Give the firm designated ID as registered with CAT.',
    kind: 'terminal',
    source: 'CAT Text, error 2136',
    broken: ({ fields }) => catForbids(fields.account),
  },
  {
    code: 'ACCOUNT_HOLDER_TYPE_UNKNOWN',
    field: 'accountHolderType',
    message: 'The account holder type is not one of CAT’s codes.',
    action: 'Give A, E, F, I, O, V, P or X.',
    kind: 'terminal',
    source: 'CAT accountHolderType, error 2001',
    broken: ({ fields }) =>
      present(fields.accountHolderType) && !ACCOUNT_HOLDER_TYPES.has(fields.accountHolderType),
  },
  {
    code: 'ACCOUNT_MISSING',
    field: 'account',
    message: 'An account holder type comes with its account.',
    action: 'Give the firm designated ID, or remove the holder type.',
    kind: 'terminal',
    source: 'CAT errors 2113, 2120',
    broken: ({ fields }) => present(fields.accountHolderType) && !present(fields.account),
  },
  {
    code: 'ORDER_ID_TOO_LONG',
    field: 'orderId',
    message: 'The order id has more than 64 characters.',
    action: 'Give the order id as reported to CAT.',
    kind: 'terminal',
    source: 'CAT orderID, Text(64)',
    broken: ({ fields }, limits) => tooLong(fields.orderId, limits.orderIdLengthMax),
  },
  {
    code: 'ORDER_ID_CHARACTERS',
    field: 'orderId',
    message: 'CAT takes no comma, bar, quote or at sign in an order id.',
    action: 'Give the order id as reported to CAT.',
    kind: 'terminal',
    source: 'CAT Text, error 2136',
    broken: ({ fields }) => catForbids(fields.orderId),
  },
  {
    code: 'ORDER_KEY_DATE_UNREADABLE',
    field: 'orderKeyDate',
    message: 'The order key date is not an RFC 3339 instant with a zone.',
    action: 'Give it like 2025-03-04T14:30:00.000Z, with Z or an offset.',
    kind: 'terminal',
    source: 'CAT orderKeyDate, error 2063',
    broken: ({ fields, orderKeyNs }) => present(fields.orderKeyDate) && orderKeyNs === null,
  },
  {
    code: 'ORDER_KEY_DATE_AFTER_EXECUTION',
    field: 'orderKeyDate',
    message: 'The order was assigned after it was executed.',
    action: 'Check both times and their zones.',
    kind: 'terminal',
    source: 'CAT orderKeyDate',
    broken: ({ orderKeyNs, executedNs }) =>
      orderKeyNs !== null && executedNs !== null && orderKeyNs > executedNs,
  },
  {
    code: 'ORDER_KEY_DATE_ANCIENT',
    field: 'orderKeyDate',
    message: 'The order is too old to be believed.',
    action: 'Check the date of the order.',
    kind: 'terminal',
    source: 'CAT orderKeyDate',
    broken: ({ orderKeyNs, executedNs }, limits) =>
      orderKeyNs !== null && executedNs !== null && orderKeyNs < executedNs - limits.orderAncientAfterNs,
  },
  {
    code: 'CONTRA_ORDER_ID_TOO_LONG',
    field: 'contraOrderId',
    message: 'The contra order id has more than 64 characters.',
    action: 'Give the order id as reported to CAT.',
    kind: 'terminal',
    source: 'CAT orderID, Text(64)',
    broken: ({ fields }, limits) => tooLong(fields.contraOrderId, limits.orderIdLengthMax),
  },
  {
    code: 'CONTRA_ORDER_ID_CHARACTERS',
    field: 'contraOrderId',
    message: 'CAT takes no comma, bar, quote or at sign in an order id.',
    action: 'Give the order id as reported to CAT.',
    kind: 'terminal',
    source: 'CAT Text, error 2136',
    broken: ({ fields }) => catForbids(fields.contraOrderId),
  },
  {
    code: 'ORDER_IDS_EQUAL',
    field: 'contraOrderId',
    message: 'Both sides cannot be the same order.',
    action: 'Give the other side’s order id, or leave it empty.',
    kind: 'terminal',
    source: 'CAT error 2227',
    broken: ({ fields }) => present(fields.orderId) && fields.orderId === fields.contraOrderId,
  },
  {
    code: 'BRANCH_SEQUENCE_TOO_LONG',
    field: 'branchSequence',
    message: 'The branch sequence has more than eight characters.',
    action: 'Shorten it to eight characters.',
    kind: 'terminal',
    source: 'Party sub id type 24',
    broken: ({ fields }, limits) => tooLong(fields.branchSequence, limits.branchSequenceLengthMax),
  },
  {
    code: 'MEMO_TOO_LONG',
    field: 'memo',
    message: 'The memo is longer than the facility takes.',
    action: 'Shorten the memo; it is never cut silently.',
    kind: 'terminal',
    source: 'Text (58)',
    broken: ({ fields }, limits) => tooLong(fields.memo, limits.memoLengthMax),
  },
];

function tooLong(text: string | null, lengthMax: number): boolean {
  return text !== null && text.length > lengthMax;
}

/** Only what is printable ASCII is judged here: worse characters have a rule of their own. */
function catForbids(text: string | null): boolean {
  return text !== null && CAT_FORBIDDEN.test(text) && CAT_TEXT.test(text);
}
