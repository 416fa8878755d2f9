import { rfc3339FromNs } from '@tapeclock/domain';
import type { AnyEvent } from '@tapeclock/schemas';

/** One line for a person. */
export function describeEvent(input: AnyEvent): string {
  switch (input.type) {
    case 'ExecutionReceived':
      return `${input.event.action} from ${input.event.source} over ${input.event.channel} (${input.event.sessionId})`;
    case 'TradeReportable':
      return input.event.decision.reportable
        ? `Report to ${input.event.facility ?? '?'} by ${rfc3339FromNs(input.event.decision.dueAtNs)} (${input.event.decision.clause})`
        : `Not reportable (${input.event.decision.clause})`;
    case 'RepairOpened':
      return `Needs repair: ${input.event.issues.map(({ message }) => message).join('; ')}`;
    case 'RepairClosed':
      return `Repair ${input.event.resolution.toLowerCase()}${input.event.reason === null ? '' : `: ${input.event.reason}`}`;
    case 'ReportIntended':
      return `Report ${input.event.reportId} on its way to ${input.event.facility} as ${input.event.sessionId} #${input.event.msgSeqNum}, attempt ${input.event.attempt}`;
    case 'ReportAccepted':
      return `Accepted by ${input.event.facility}${input.event.late ? ', late' : ''}: control number ${input.event.controlNumber} (${input.event.resolvedBy.toLowerCase()})`;
    case 'ReportRejected':
      return `Rejected by ${input.event.facility}: ${input.event.code} ${input.event.text}`;
    case 'ReportInDoubt':
      return `Outcome unknown (${input.event.cause.toLowerCase()}); next: ${input.event.nextStep.toLowerCase()}`;
    case 'ReportHeld':
      return `Held: ${input.event.cause}`;
    case 'ObligationWarned':
      return `${input.event.percentUsed} % of the window used; held by ${input.event.stage} (${input.event.holder})`;
    case 'ObligationBreached':
      return `Window closed without acceptance; held by ${input.event.stage} (${input.event.holder})`;
    case 'ObligationMet':
      return input.event.late
        ? `Obligation met late; ${input.event.worstStage} took longest`
        : 'Obligation met in time';
    case 'DeskActed':
      return `${input.event.actor} (${input.event.role}): ${input.event.verb.toLowerCase().replaceAll('_', ' ')}${input.event.reason === null ? '' : ` – ${input.event.reason}`}`;
    default:
      return input.type;
  }
}
