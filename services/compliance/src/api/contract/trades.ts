import { type Static, Type } from 'typebox';
import {
  Count,
  Decimal,
  DurationMs,
  EpochMs,
  FacilityName,
  Instant,
  Issue,
  Nullable,
  OneOf,
  PageQuery,
  page,
  RawBytes,
} from './scalars.ts';

/**
 * Where one execution stands.
 * `RECEIVED` no decision yet · `REPAIR` waits for a person · `DECIDED` reportable, not sent yet · `NOT_REPORTABLE` ·
 * `HELD` waits for facility, session or a person · `SENT` intent is durable, no answer yet · `IN_DOUBT` outcome unknown ·
 * `REJECTED` refused by the facility · `ACCEPTED` · `SUPERSEDED` a desk resubmission took its place · `DISCARDED` by a person.
 */
export const TRADE_STATES = [
  'RECEIVED',
  'REPAIR',
  'DECIDED',
  'NOT_REPORTABLE',
  'HELD',
  'SENT',
  'IN_DOUBT',
  'REJECTED',
  'ACCEPTED',
  'SUPERSEDED',
  'DISCARDED',
] as const;
export const TradeState = OneOf(TRADE_STATES);
export type TradeState = Static<typeof TradeState>;

export const Modifier = Type.Object({ field: Type.Integer({ minimum: 1, maximum: 4 }), code: Type.String() });
export const StageShare = Type.Object({
  stage: Type.String({ description: 'Name of the stage, see docs/reference' }),
  durationMs: DurationMs,
});
export type StageShareView = Static<typeof StageShare>;

/** One execution and revision: what the lists show. Fields of an execution that failed validation are as received. */
export const TradeRow = Type.Object({
  executionId: Type.String(),
  lineageId: Type.String(),
  revision: Type.Integer(),
  action: Type.String({ description: 'NEW, CANCEL, CORRECT or REVERSAL' }),
  state: TradeState,
  source: Type.String(),
  sourceExecutionId: Type.String(),
  channel: Nullable(Type.String()),
  symbol: Nullable(Type.String()),
  side: Nullable(Type.String()),
  quantity: Nullable(Decimal),
  price: Nullable(Decimal),
  mpid: Nullable(Type.String()),
  contraMpid: Nullable(Type.String()),
  facility: Nullable(FacilityName),
  reportId: Nullable(Type.String()),
  controlNumber: Nullable(Type.String()),
  executedAt: Nullable(Instant),
  executedAtMs: Nullable(EpochMs),
  receivedAt: Nullable(Instant),
  receivedAtMs: Nullable(EpochMs),
  dueAt: Nullable(Instant),
  dueAtMs: Nullable(EpochMs),
  acceptedAt: Nullable(Instant),
  acceptedAtMs: Nullable(EpochMs),
  usedMs: Nullable(DurationMs),
  late: Nullable(Type.Boolean()),
  latenessMs: Nullable(DurationMs),
  breached: Type.Boolean(),
  modifiers: Type.Array(Modifier),
  reason: Nullable(
    Type.String({ description: 'Why it is in this state: reject text, hold cause, first issue' }),
  ),
});
export type TradeRow = Static<typeof TradeRow>;

export const TradesQuery = Type.Object(
  {
    ...PageQuery,
    q: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 100,
        description: 'Symbol, MPID, or any id: whole, or its start',
      }),
    ),
    symbol: Type.Optional(Type.String({ minLength: 1, maxLength: 20 })),
    mpid: Type.Optional(Type.String({ minLength: 1, maxLength: 8 })),
    state: Type.Optional(TradeState),
    facility: Type.Optional(FacilityName),
    late: Type.Optional(Type.Boolean()),
  },
  { additionalProperties: false },
);
export type TradesQuery = Static<typeof TradesQuery>;
/** Newest first. */
export const TradesPage = page(TradeRow);
export type TradesPage = Static<typeof TradesPage>;

export const TraceStep = Type.Object({
  question: Type.String(),
  answer: Type.String(),
  ruleId: Type.String(),
  clause: Type.String(),
  certainty: OneOf(['verified', 'derived', 'assumed']),
  inputs: Type.String(),
});

/** Why it was due then, there, like that. */
export const DecisionView = Type.Object({
  rulebookVersion: Type.String(),
  reportable: Type.Boolean(),
  ruleId: Type.String(),
  clause: Type.String(),
  certainty: OneOf(['verified', 'derived', 'assumed']),
  opensAt: Instant,
  dueAt: Instant,
  dueAtMs: EpochMs,
  asOf: Type.Boolean(),
  tradeDate: Type.String({ description: 'Eastern date, YYYYMMDD' }),
  modifiers: Type.Array(Modifier),
  lateModifiers: Type.Array(Modifier),
  facilityReason: Type.String(),
  reportingSideReason: Type.String(),
  trace: Type.Array(TraceStep),
});
export type DecisionView = Static<typeof DecisionView>;

/** One report to a facility, with its attempts and answer. */
export const ReportView = Type.Object({
  reportId: Type.String(),
  executionId: Type.String(),
  action: Type.String(),
  facility: FacilityName,
  state: OneOf(['HELD', 'SENT', 'IN_DOUBT', 'REJECTED', 'ACCEPTED']),
  sessionId: Nullable(Type.String()),
  msgSeqNum: Nullable(Type.String()),
  attempts: Count,
  dueAt: Instant,
  sentAt: Nullable(Instant),
  acceptedAt: Nullable(Instant),
  controlDate: Nullable(Type.String()),
  controlNumber: Nullable(Type.String()),
  resolvedBy: Nullable(Type.String({ description: 'ANSWER, RESEND, QUERY or PERSON' })),
  code: Nullable(Type.String({ description: 'Reject code' })),
  text: Nullable(Type.String({ description: 'Reject text, hold or doubt cause' })),
});
export type ReportView = Static<typeof ReportView>;

/** One thing that happened to the lineage, oldest first. */
export const LifecycleEvent = Type.Object({
  eventId: Type.String(),
  type: Type.String({ description: 'Name of the event, e.g. ReportAccepted' }),
  executionId: Nullable(Type.String()),
  reportId: Nullable(Type.String()),
  at: Instant,
  atMs: EpochMs,
  producer: Type.String(),
  summary: Type.String({ description: 'One line for people' }),
  actor: Nullable(Type.String()),
  topic: Type.String(),
  partition: Count,
  offset: Type.String(),
});
export type LifecycleEvent = Static<typeof LifecycleEvent>;

export const RawMessage = Type.Object({
  eventId: Type.String(),
  direction: OneOf(['IN', 'OUT'], 'IN: from a source or a facility; OUT: to a facility'),
  what: Type.String({ description: 'e.g. original, report, answer' }),
  reportId: Nullable(Type.String()),
  at: Instant,
  raw: RawBytes,
});
export type RawMessage = Static<typeof RawMessage>;

/** When the execution passed a stage; `sincePreviousMs` is null for the first known stamp. */
export const StageTime = Type.Object({
  stage: OneOf(['executed', 'received', 'logged', 'enriched', 'intended', 'sent', 'answered', 'facility']),
  at: Instant,
  sinceExecutedMs: Nullable(DurationMs),
  sincePreviousMs: Nullable(DurationMs),
});
export type StageTime = Static<typeof StageTime>;

export const CatLink = Type.Object({
  fileName: Type.String(),
  tradeDate: Type.String(),
  status: Type.String({ description: 'INTENDED, SUBMITTED, or the latest feedback status' }),
});

export const TradeDetail = Type.Object({
  trade: TradeRow,
  lineage: Type.Array(TradeRow, { description: 'Every execution and revision of the chain, oldest first' }),
  decision: Nullable(DecisionView),
  reports: Type.Array(ReportView),
  lifecycle: Type.Array(LifecycleEvent),
  rawMessages: Type.Array(RawMessage),
  stages: Type.Array(StageTime),
  clockOffsetMs: Nullable(DurationMs),
  attribution: Type.Array(StageShare),
  worstStage: Nullable(Type.String()),
  issues: Type.Array(Issue),
  repairIds: Type.Array(Type.String()),
  cat: Type.Array(CatLink),
  serverNowMs: EpochMs,
});
export type TradeDetail = Static<typeof TradeDetail>;
