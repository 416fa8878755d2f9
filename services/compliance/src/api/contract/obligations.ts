import { type Static, Type } from 'typebox';
import {
  Count,
  Decimal,
  DurationMs,
  EpochMs,
  FacilityName,
  Instant,
  Nullable,
  OneOf,
  PageQuery,
  page,
} from './scalars.ts';
import { StageShare, TradeRow, TradeState } from './trades.ts';

/** A duty to report that is not met yet. Remaining time is `dueAtMs − serverNow`; negative means breached. */
export const Obligation = Type.Object({
  executionId: Type.String(),
  lineageId: Type.String(),
  reportId: Nullable(Type.String()),
  action: Type.String(),
  state: TradeState,
  symbol: Nullable(Type.String()),
  side: Nullable(Type.String()),
  quantity: Nullable(Decimal),
  price: Nullable(Decimal),
  mpid: Nullable(Type.String()),
  facility: Nullable(FacilityName),
  executedAt: Nullable(Instant),
  executedAtMs: Nullable(EpochMs),
  dueAt: Instant,
  dueAtMs: EpochMs,
  windowMs: Nullable(DurationMs),
  stage: Type.String({ description: 'Stage that holds it' }),
  holder: Nullable(Type.String({ description: 'Process or session that holds it' })),
  warnedPercent: Nullable(Count),
  breached: Type.Boolean(),
  cause: Nullable(Type.String()),
});
export type Obligation = Static<typeof Obligation>;

export const ObligationsQuery = Type.Object(
  { ...PageQuery, facility: Type.Optional(FacilityName), breached: Type.Optional(Type.Boolean()) },
  { additionalProperties: false },
);
export type ObligationsQuery = Static<typeof ObligationsQuery>;
/** Nearest deadline first; `total` counts all open ones. */
export const ObligationsPage = Type.Object({ ...page(Obligation).properties, total: Count });
export type ObligationsPage = Static<typeof ObligationsPage>;

/** A report whose outcome is unknown, or that waits. */
export const InDoubt = Type.Object({
  reportId: Type.String(),
  executionId: Type.String(),
  lineageId: Type.String(),
  kind: OneOf(['IN_DOUBT', 'HELD']),
  action: Type.String(),
  facility: FacilityName,
  sessionId: Nullable(Type.String()),
  msgSeqNum: Nullable(Type.String()),
  symbol: Nullable(Type.String()),
  quantity: Nullable(Decimal),
  price: Nullable(Decimal),
  cause: Type.String({ description: 'In doubt: DISCONNECTED, SILENCE, RESTARTED. Held: what it waits for' }),
  nextStep: Nullable(Type.String({ description: 'RESEND, QUERY or PERSON; only PERSON needs you' })),
  since: Instant,
  sinceMs: EpochMs,
  until: Nullable(Instant),
  dueAt: Instant,
  dueAtMs: EpochMs,
  resolving: Nullable(Type.String({ description: 'Action id of a resolution that is under way' })),
});
export type InDoubt = Static<typeof InDoubt>;
export const InDoubtQuery = Type.Object(
  { ...PageQuery, kind: Type.Optional(OneOf(['IN_DOUBT', 'HELD'])) },
  { additionalProperties: false },
);
export type InDoubtQuery = Static<typeof InDoubtQuery>;
export const InDoubtPage = page(InDoubt);
export type InDoubtPage = Static<typeof InDoubtPage>;

/** Accepted after the window, or breached and still open, and why. */
export const LateTrade = Type.Object({
  trade: TradeRow,
  worstStage: Nullable(Type.String()),
  attribution: Type.Array(StageShare),
  reason: Type.String({ description: 'One sentence with the stage and the time it took' }),
});
export type LateTrade = Static<typeof LateTrade>;
export const LateQuery = Type.Object(
  { ...PageQuery, facility: Type.Optional(FacilityName) },
  { additionalProperties: false },
);
export type LateQuery = Static<typeof LateQuery>;
/** Latest deadline first. */
export const LatePage = page(LateTrade);
export type LatePage = Static<typeof LatePage>;
