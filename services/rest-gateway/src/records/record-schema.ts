import { NO_FIELDS } from '@tapeclock/intake';
import type { ExecutionFields } from '@tapeclock/schemas';
import { type Static, Type } from 'typebox';

/** Longest text of one field; longer ones are no trade data. */
const TEXT_LENGTH_MAX = 200;

const DESCRIPTIONS: Readonly<Record<keyof ExecutionFields, string>> = {
  symbol: 'Symbol as listed, e.g. AAPL',
  side: 'B buy, S sell, X cross',
  quantity: 'Shares, plain decimal as text, at most 6 decimals',
  price: 'Price per share, plain decimal as text, at most 6 decimals',
  executedAt: 'Execution time, RFC 3339 with Z or offset, to the nanosecond',
  mpid: 'Reporting firm',
  contraMpid: 'Contra firm, or C for a customer',
  capacity: 'A agency, P principal, R riskless principal',
  contraCapacity: 'Capacity of the contra',
  shortSale: 'N, S short, E short exempt',
  facility: 'ADF, TRF_CARTERET, TRF_CHICAGO, TRF_NYSE or ORF; empty lets the routing rule choose',
  reportType: 'TAPE, NON_TAPE or CLEARING_ONLY',
  tradeType: 'REGULAR, PRP, STOP_STOCK or WEIGHTED_AVERAGE',
  referenceAt: 'Second time of PRP and stop stock, RFC 3339',
  settlement: 'REGULAR, CASH, NEXT_DAY or SELLERS_OPTION',
  tradeThrough: 'Reason of a trade-through exemption',
  executingParty: 'Y when the reporting firm is the executing party',
  account: 'Firm designated id of the account',
  accountHolderType: 'CAT account holder type',
  orderId: 'Order the execution belongs to',
  orderKeyDate: 'When that order was received, RFC 3339',
  contraOrderId: 'Order on the other side',
  clearingFirm: 'Clearing number',
  branchSequence: 'Branch sequence, at most 8 characters',
  memo: 'Free text, at most 10 characters',
};

const fields = Object.fromEntries(
  Object.entries(DESCRIPTIONS).map(([name, description]) => [
    name,
    Type.Optional(Type.Union([Type.String({ maxLength: TEXT_LENGTH_MAX }), Type.Null()], { description })),
  ]),
);

const Id = (description: string) =>
  Type.String({
    pattern: '^[\\x21-\\x7e]{1,64}$',
    description: `${description}: 1 to 64 printable characters`,
  });

/** One execution, cancel or correction. Numbers are text: JSON numbers are floating point. */
export const RecordSchema = Type.Object(
  {
    executionId: Id("The source's own id of this execution"),
    action: Type.Optional(
      Type.Union([Type.Literal('NEW'), Type.Literal('CANCEL'), Type.Literal('CORRECT')], { default: 'NEW' }),
    ),
    refExecutionId: Type.Optional(Type.Union([Id('What a cancel or correction refers to'), Type.Null()])),
    ...fields,
  },
  { additionalProperties: false, title: 'Execution' },
);
export type RecordBody = Static<typeof RecordSchema> & Partial<ExecutionFields>;

/** Canonical fields of a body; what is absent or empty is null. */
export function fieldsOf(body: Readonly<Record<string, unknown>>): ExecutionFields {
  const read: Record<string, string | null> = { ...NO_FIELDS };
  for (const name of Object.keys(NO_FIELDS)) {
    const value = body[name];
    if (typeof value === 'string' && value !== '') read[name] = value;
  }
  return read as unknown as ExecutionFields;
}
