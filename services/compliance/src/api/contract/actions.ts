import { type Static, Type } from 'typebox';
import { ExecutionFieldsView } from './repairs.ts';
import { Instant, Nullable, OneOf, PageQuery, page } from './scalars.ts';

const Reason = Type.String({ minLength: 3, maxLength: 500, description: 'Kept in the record for ever' });

/** The whole execution as it shall be, not only what changed. */
export const ResubmitBody = Type.Object(
  { fields: ExecutionFieldsView, reason: Reason },
  { additionalProperties: false },
);
export type ResubmitBody = { readonly fields: ExecutionFieldsView; readonly reason: string };

export const DiscardBody = Type.Object({ reason: Reason }, { additionalProperties: false });
export type DiscardBody = Static<typeof DiscardBody>;

/**
 * What the facility told the officer. `ACCEPTED` needs control date and number; `NOT_RECEIVED` lets the reporter
 * send the same report again; `REJECTED` gives it up and needs a new report.
 */
export const ResolveBody = Type.Object(
  {
    outcome: OneOf(['ACCEPTED', 'NOT_RECEIVED', 'REJECTED']),
    controlDate: Type.Optional(Type.String({ pattern: '^[0-9]{8}$' })),
    controlNumber: Type.Optional(Type.String({ pattern: '^[A-Za-z0-9]{1,20}$' })),
    reason: Reason,
  },
  { additionalProperties: false },
);
export type ResolveBody = Static<typeof ResolveBody>;

export const AcknowledgeBody = Type.Object(
  { reason: Type.Optional(Type.String({ maxLength: 500 })) },
  { additionalProperties: false },
);
export type AcknowledgeBody = Static<typeof AcknowledgeBody>;

/** 202: the act is durable on the log. Its effect comes with the live feed. */
export const Acted = Type.Object({ actionId: Type.String(), recordedAt: Instant });
export type Acted = Static<typeof Acted>;

export const DESK_VERBS = [
  'RESUBMIT',
  'DISCARD',
  'CANCEL_REPORT',
  'RESOLVE_IN_DOUBT',
  'ACKNOWLEDGE',
] as const;
export const DeskAction = Type.Object({
  actionId: Type.String(),
  at: Instant,
  actor: Type.String(),
  role: Type.String(),
  verb: Type.String({ description: DESK_VERBS.join(', ') }),
  subject: Type.String(),
  lineageId: Type.String(),
  reason: Nullable(Type.String()),
  outcome: Nullable(Type.String()),
});
export type DeskAction = Static<typeof DeskAction>;
export const DeskActionsQuery = Type.Object({ ...PageQuery }, { additionalProperties: false });
/** Newest first. */
export const DeskActionsPage = page(DeskAction);
export type DeskActionsPage = Static<typeof DeskActionsPage>;
