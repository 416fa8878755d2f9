import type { EventTypes } from '@tapeclock/schemas';
import type { Report } from './report.ts';

type EventName =
  | 'ReportIntended'
  | 'ReportAccepted'
  | 'ReportRejected'
  | 'ReportInDoubt'
  | 'ReportHeld'
  | 'RepairOpened'
  | 'OperationsAlert';

/** An event to be appended. */
export type MadeEvent = {
  readonly [Name in EventName]: { readonly type: Name; readonly event: EventTypes[Name] };
}[EventName];

/** What a step asks the shell to do, in this order. */
export type Output =
  | ({ readonly kind: 'append' } & MadeEvent)
  /** Number it, call `intended`, make that durable, and only then let the bytes leave and call `sent`. */
  | { readonly kind: 'report'; readonly sessionId: string; readonly report: Report }
  /** Ask what became of a report (35=AD) under this id (568). */
  | { readonly kind: 'query'; readonly sessionId: string; readonly queryId: string; readonly report: Report }
  /** Ask the session for a sign of life. */
  | { readonly kind: 'testRequest'; readonly sessionId: string };
