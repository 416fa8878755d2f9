import type { DeskActed } from '@tapeclock/schemas';
import { leaveDoubt, sendAgain } from './doubt.ts';
import type { Moment } from './moment.ts';
import type { Output } from './output.ts';
import { accept, reject } from './settle.ts';
import { findReport, type ReporterState } from './state.ts';

const CLOSED_BY_PERSON = {
  retryClass: 'OPERATOR',
  cause: 'An officer learnt that the facility refused it',
  action: 'Mend what the facility named, then resubmit.',
} as const;

/**
 * An officer has learnt from the facility what became of a report in doubt. Anybody else's word, and one about a doubt
 * that is over, changes nothing.
 */
export function takeDeskAct(state: ReporterState, act: DeskActed, moment: Moment, out: Output[]): void {
  if (act.verb !== 'RESOLVE_IN_DOUBT' || act.role !== 'officer') return;
  const report = findReport(state, null, act.subject);
  if (report === null || report.phase !== 'inDoubt' || report.doubt === null) return;
  // Read again after a restart, it may be older than the doubt of a later attempt: it does not speak for that one.
  if (act.meta.recordedNs < report.doubt.sinceNs) return;
  const sessionId = report.sessionId ?? '';
  switch (act.outcome) {
    case 'ACCEPTED':
      if (act.controlDate === null || act.controlNumber === null) return;
      leaveDoubt(state, report);
      accept(
        state,
        report,
        {
          sessionId,
          controlDate: act.controlDate,
          controlNumber: act.controlNumber,
          refControlNumber: null,
          modifiers: [],
          markedLate: null,
          // The facility's own time is not known; the bytes left at the latest time that is.
          facilityNs: report.stamps.sentNs ?? report.stamps.intendedNs,
          message: new Uint8Array(),
          resolvedBy: 'PERSON',
        },
        moment,
        out,
      );
      return;
    case 'NOT_RECEIVED':
      // Without its order it cannot be written anew; it stays with the person.
      if (report.order !== null) sendAgain(state, report, moment, out);
      return;
    case 'REJECTED': {
      leaveDoubt(state, report);
      const text = act.reason ?? 'refused, says the facility';
      const refusal = {
        sessionId,
        code: 'PERSON',
        text,
        message: new Uint8Array(),
        meaning: CLOSED_BY_PERSON,
      };
      reject(state, report, refusal, moment, out);
      return;
    }
  }
}
