import { NS_PER_SECOND, type Ns } from '@tapeclock/domain';
import type { AnyEvent, EncodedEvent, EventCodec } from '@tapeclock/schemas';
import { keyIn } from './key-in.ts';
import { operationsAlert } from './operations-alert.ts';

/** A cut heals itself by resend within a second or two; only what outlasts this is a person's business. */
const PATIENCE_NS = 3n * NS_PER_SECOND;

/** Raises one alert while reports stay in doubt longer than the reporter should need to clear them up. */
export class InDoubtAlarm {
  readonly #subject: string;
  readonly #key: string;
  readonly #sinceNs = new Map<string, Ns>();
  #raised = false;

  constructor(partition: number) {
    this.#subject = `in-doubt/${partition}`;
    this.#key = keyIn(partition, this.#subject);
  }

  follow(event: AnyEvent): void {
    switch (event.type) {
      case 'ReportInDoubt':
        if (!this.#sinceNs.has(event.event.reportId))
          this.#sinceNs.set(event.event.reportId, event.event.sinceNs);
        return;
      case 'ReportAccepted':
      case 'ReportRejected':
      case 'ReportIntended':
        this.#sinceNs.delete(event.event.reportId);
        return;
      case 'OperationsAlert':
        if (event.event.subject === this.#subject) this.#raised = event.event.state === 'RAISED';
        return;
      default:
    }
  }

  step(event: AnyEvent, nowNs: Ns, codec: EventCodec): EncodedEvent[] {
    this.follow(event);
    return this.#clear(nowNs, codec);
  }

  #clear(nowNs: Ns, codec: EventCodec): EncodedEvent[] {
    if (!this.#raised || this.#sinceNs.size > 0) return [];
    this.#raised = false;
    return [this.#alert('CLEARED', 'no report is in doubt any more', nowNs, codec)];
  }

  nextNs(): Ns | null {
    if (this.#raised) return null;
    // Insertion order is nearly time order: the first is the oldest but for repeats, and those only wait longer.
    const [oldest] = this.#sinceNs.values();
    return oldest === undefined ? null : oldest + PATIENCE_NS;
  }

  tick(nowNs: Ns, codec: EventCodec): EncodedEvent[] {
    const dueNs = this.nextNs();
    // Raised by an instance that is gone, and over before this one began.
    if (dueNs === null) return this.#clear(nowNs, codec);
    if (dueNs > nowNs) return [];
    this.#raised = true;
    const count = this.#sinceNs.size;
    return [
      this.#alert('RAISED', `${count} ${count === 1 ? 'report is' : 'reports are'} in doubt`, nowNs, codec),
    ];
  }

  #alert(state: 'RAISED' | 'CLEARED', text: string, nowNs: Ns, codec: EventCodec): EncodedEvent {
    return operationsAlert(
      {
        alert: 'in-doubt-reports',
        subject: this.#subject,
        severity: 'critical',
        state,
        text,
        action: 'Follow runbooks/in-doubt-reports.md',
      },
      this.#key,
      nowNs,
      codec,
    );
  }
}
