import { type Static, Type } from 'typebox';
import { Count, EpochMs, Instant, Issue, Nullable, OneOf, PageQuery, page, RawBytes } from './scalars.ts';

export const Alert = Type.Object({
  alertId: Type.String({ description: 'Stands for alert name and subject; raised again, it keeps its id' }),
  alert: Type.String({ description: 'Name of the alert and of its runbook' }),
  subject: Type.String(),
  severity: OneOf(['info', 'warning', 'critical']),
  state: OneOf(['RAISED', 'CLEARED']),
  text: Type.String(),
  action: Type.String(),
  raisedAt: Instant,
  raisedAtMs: EpochMs,
  clearedAt: Nullable(Instant),
  acknowledgedBy: Nullable(Type.String()),
  acknowledgedAt: Nullable(Instant),
});
export type Alert = Static<typeof Alert>;
export const AlertsQuery = Type.Object(
  { ...PageQuery, state: Type.Optional(OneOf(['raised', 'all'])) },
  { additionalProperties: false },
);
export type AlertsQuery = Static<typeof AlertsQuery>;
/** Newest first. */
export const AlertsPage = page(Alert);
export type AlertsPage = Static<typeof AlertsPage>;

export const SessionView = Type.Object({
  sessionId: Type.String(),
  role: Type.String({ description: 'gateway or facility' }),
  state: OneOf(['CONNECTED', 'LOGGED_ON', 'DISCONNECTED']),
  process: Type.String(),
  text: Nullable(Type.String()),
  since: Instant,
  sinceMs: EpochMs,
});
export type SessionView = Static<typeof SessionView>;
export const SessionsView = Type.Object({ items: Type.Array(SessionView), serverNowMs: EpochMs });
export type SessionsView = Static<typeof SessionsView>;

export const CatFeedback = Type.Object({
  feedbackFile: Type.String(),
  stage: Type.String({ description: 'ACKNOWLEDGEMENT, INTEGRITY, INGESTION or LINKAGE' }),
  status: Type.String(),
  acceptedCount: Count,
  rejectedCount: Count,
  issues: Type.Array(Issue),
  at: Instant,
});
export const CatFile = Type.Object({
  fileName: Type.String(),
  tradeDate: Type.String(),
  imid: Type.String(),
  recordCount: Count,
  sha256: Type.String(),
  state: OneOf(['INTENDED', 'SUBMITTED', 'ANSWERED']),
  dueAt: Instant,
  dueAtMs: EpochMs,
  intendedAt: Instant,
  submittedAt: Nullable(Instant),
  bytes: Nullable(Type.String({ description: 'Size in bytes, decimal text' })),
  feedback: Type.Array(CatFeedback),
});
export type CatFile = Static<typeof CatFile>;
export const CatFilesQuery = Type.Object(
  { ...PageQuery, tradeDate: Type.Optional(Type.String({ pattern: '^[0-9]{8}$' })) },
  { additionalProperties: false },
);
export type CatFilesQuery = Static<typeof CatFilesQuery>;
/** Newest first. */
export const CatFilesPage = page(CatFile);
export type CatFilesPage = Static<typeof CatFilesPage>;

/** A record that a service could not read or process. */
export const DeadLetter = Type.Object({
  deadLetterId: Type.String(),
  service: Type.String(),
  topic: Type.String(),
  partition: Count,
  offset: Type.String(),
  code: Type.String(),
  text: Type.String(),
  at: Instant,
  raw: RawBytes,
});
export type DeadLetter = Static<typeof DeadLetter>;
export const DeadLettersQuery = Type.Object({ ...PageQuery }, { additionalProperties: false });
/** Newest first. */
export const DeadLettersPage = page(DeadLetter);
export type DeadLettersPage = Static<typeof DeadLettersPage>;
