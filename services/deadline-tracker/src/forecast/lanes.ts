import { eventId, NS_PER_SECOND, type Ns } from '@tapeclock/domain';
import { type AnyEvent, type EncodedEvent, type EventCodec, NO_STAMPS } from '@tapeclock/schemas';
import { keyIn } from '../alerts/key-in.ts';
import { PRODUCER } from '../alerts/obligation-events.ts';
import { operationsAlert } from '../alerts/operations-alert.ts';
import type { Obligation } from '../obligation/obligation.ts';
import { Capacity } from './capacity.ts';
import { breachInNs } from './forecast.ts';

const ALERT = 'backlog-forecast-breach';
const FORECAST_EVERY_NS = NS_PER_SECOND;
/** Looks in a row that must say the same before an alert is raised or cleared: one look may fall on a hiccup. */
const AGREEING_MIN = 3;
/** With less than this left there is no time to look again. */
const URGENT_NS = 3n * NS_PER_SECOND;
/** A trickle is served as it comes: its rate is low because there is little to do, not because something is stuck. */
const OPEN_MIN = 20;
/** Nearest deadlines looked at; more would not change "breach in N s" and would cost time in the worst moment. */
const SAMPLE_MAX = 20_000;

interface Lane {
  readonly capacity: Capacity;
  raised: boolean;
  /** How many looks in a row have said the opposite of what is raised. */
  agreeing: number;
  /** The last forecast spoke of open reports: one more must say when they are gone. */
  busy: boolean;
}

/** Per facility: how fast reports are accepted, and whether those that wait will make it. */
export class Lanes {
  readonly #partition: number;
  readonly #lanes = new Map<string, Lane>();
  #nextNs: Ns | null = null;

  constructor(partition: number) {
    this.#partition = partition;
  }

  /** What an instance before this one said: a raised alert is this one's to clear. */
  follow(event: AnyEvent): void {
    if (event.type !== 'OperationsAlert' || event.event.alert !== ALERT) return;
    const [, facility = ''] = event.event.subject.split('/');
    if (event.event.subject !== this.#subject(facility)) return;
    const lane = this.#lane(facility);
    lane.raised = event.event.state === 'RAISED';
    lane.busy = lane.raised;
  }

  /** Something happened in a lane: a forecast is due within a second. */
  touch(facility: string, nowNs: Ns): void {
    this.#lane(facility);
    this.#nextNs ??= nowNs + FORECAST_EVERY_NS;
  }

  accepted(facility: string, nowNs: Ns): void {
    this.#lane(facility).capacity.accepted();
    this.touch(facility, nowNs);
  }

  nextNs(): Ns | null {
    return this.#nextNs;
  }

  /** Forecasts for every lane, at most once a second, for as long as anything is open. */
  tick(open: Iterable<Obligation>, nowNs: Ns, codec: EventCodec): EncodedEvent[] {
    if (this.#nextNs === null && [...this.#lanes.values()].some(({ raised }) => raised)) {
      // Taken over with an alert raised. Not at once: the rate of acceptance must be seen first.
      this.#nextNs = nowNs + FORECAST_EVERY_NS;
    }
    if (this.#nextNs === null || this.#nextNs > nowNs) return [];
    const dueByFacility = new Map<string, Ns[]>();
    for (const obligation of open) {
      // What a person must repair does not stand in the facility's line.
      if (obligation.breached || obligation.stage === 'REPAIR') continue;
      const due = dueByFacility.get(obligation.facility) ?? [];
      if (due.length < SAMPLE_MAX) due.push(obligation.dueAtNs);
      dueByFacility.set(obligation.facility, due);
    }
    const outputs: EncodedEvent[] = [];
    for (const [facility, lane] of this.#lanes) {
      const due = (dueByFacility.get(facility) ?? []).sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
      lane.capacity.look(due.length, nowNs);
      if (due.length > 0 || lane.busy) outputs.push(...this.#speak(facility, lane, due, nowNs, codec));
      lane.busy = due.length > 0;
    }
    this.#nextNs = dueByFacility.size > 0 ? nowNs + FORECAST_EVERY_NS : null;
    return outputs;
  }

  #speak(facility: string, lane: Lane, due: readonly Ns[], nowNs: Ns, codec: EventCodec): EncodedEvent[] {
    const service = lane.capacity.service();
    const inNs = due.length < OPEN_MIN || service === null ? null : breachInNs(due, service, nowNs);
    const subject = this.#subject(facility);
    const key = keyIn(this.#partition, subject);
    const outputs = [
      codec.record('BacklogForecast', {
        meta: {
          eventId: eventId('BacklogForecast', subject, String(nowNs)),
          lineageId: key,
          schemaVersion: 1,
          recordedNs: nowNs,
          producer: PRODUCER,
          traceparent: null,
          stamps: NO_STAMPS,
        },
        facility,
        open: due.length,
        serviceRateE3: service?.rateE3 ?? 0n,
        breachInNs: inNs,
        nearestDueNs: due[0] ?? null,
      }),
    ];
    // No second look: nothing is left, or time is short, or the stall has been waited for already.
    const isSure = due.length === 0 || (inNs !== null && (inNs < URGENT_NS || service?.resumesInNs !== 0n));
    lane.agreeing = (inNs !== null) === lane.raised ? 0 : lane.agreeing + 1;
    const inSight = inNs !== null;
    if (lane.agreeing >= (isSure ? 1 : AGREEING_MIN)) {
      lane.agreeing = 0;
      lane.raised = inSight;
      outputs.push(
        operationsAlert(
          {
            alert: ALERT,
            subject,
            severity: 'critical',
            state: inSight ? 'RAISED' : 'CLEARED',
            text: inSight
              ? `${due.length} reports wait for ${facility}; the first breach is ${inNs / 1_000_000n} ms away`
              : `the backlog for ${facility} will be reported in time`,
            action: 'Follow runbooks/backlog-forecast-breach.md',
          },
          key,
          nowNs,
          codec,
        ),
      );
    }
    return outputs;
  }

  #subject(facility: string): string {
    return `forecast/${facility}/${this.#partition}`;
  }

  #lane(facility: string): Lane {
    let lane = this.#lanes.get(facility);
    if (lane === undefined) {
      lane = { capacity: new Capacity(OPEN_MIN), raised: false, agreeing: 0, busy: false };
      this.#lanes.set(facility, lane);
    }
    return lane;
  }
}
