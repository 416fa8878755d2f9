import { type Static, Type } from 'typebox';
import { EpochMs, Instant, Issue, Nullable, OneOf, PageQuery, page, RawBytes } from './scalars.ts';

/** Names as in the event `ExecutionFields`; all text, null where the source was silent. */
export const EXECUTION_FIELD_NAMES = [
  'symbol',
  'side',
  'quantity',
  'price',
  'executedAt',
  'mpid',
  'contraMpid',
  'capacity',
  'contraCapacity',
  'shortSale',
  'facility',
  'reportType',
  'tradeType',
  'referenceAt',
  'settlement',
  'tradeThrough',
  'executingParty',
  'account',
  'accountHolderType',
  'orderId',
  'orderKeyDate',
  'contraOrderId',
  'clearingFirm',
  'branchSequence',
  'memo',
] as const;
export type ExecutionFieldName = (typeof EXECUTION_FIELD_NAMES)[number];

/** No control characters: what a person types goes into FIX messages and files. */
const FieldText = Nullable(Type.String({ maxLength: 200, pattern: '^[^\\u0000-\\u001f\\u007f]*$' }));
const fieldSchemas = Object.fromEntries(EXECUTION_FIELD_NAMES.map((name) => [name, FieldText])) as Record<
  ExecutionFieldName,
  typeof FieldText
>;
export const ExecutionFieldsView = Type.Object(fieldSchemas, { additionalProperties: false });
export type ExecutionFieldsView = { readonly [Name in ExecutionFieldName]: string | null };

export const RepairRow = Type.Object({
  repairId: Type.String(),
  lineageId: Type.String(),
  executionId: Nullable(Type.String()),
  reportId: Nullable(Type.String()),
  stage: Type.String({ description: 'gateway, enrichment, facility or cat' }),
  state: OneOf(['OPEN', 'PENDING', 'CLOSED'], 'PENDING: somebody acted, the pipeline has not settled it yet'),
  resolution: Nullable(Type.String({ description: 'RESUBMITTED, DISCARDED or SUPERSEDED' })),
  source: Type.String(),
  sourceExecutionId: Type.String(),
  action: Type.String(),
  channel: Type.String(),
  symbol: Nullable(Type.String()),
  mpid: Nullable(Type.String()),
  facility: Nullable(Type.String()),
  issues: Type.Array(Issue),
  openedAt: Instant,
  openedAtMs: EpochMs,
  dueAt: Nullable(Instant),
  dueAtMs: Nullable(EpochMs),
  closedAt: Nullable(Instant),
  actor: Nullable(Type.String()),
  reason: Nullable(Type.String()),
});
export type RepairRow = Static<typeof RepairRow>;

export const RepairsQuery = Type.Object(
  {
    ...PageQuery,
    state: Type.Optional(OneOf(['open', 'closed', 'all'], 'open includes PENDING')),
    stage: Type.Optional(OneOf(['gateway', 'enrichment', 'facility', 'cat'])),
  },
  { additionalProperties: false },
);
export type RepairsQuery = Static<typeof RepairsQuery>;
/** Oldest first. */
export const RepairsPage = page(RepairRow);
export type RepairsPage = Static<typeof RepairsPage>;

export const RepairDetail = Type.Object({
  repair: RepairRow,
  fields: ExecutionFieldsView,
  original: RawBytes,
  serverNowMs: EpochMs,
});
export type RepairDetail = Omit<Static<typeof RepairDetail>, 'fields'> & { fields: ExecutionFieldsView };
