import { NS_PER_US, type Ns } from '@tapeclock/domain';
import type { AnyEvent, EventMeta, TradeReportable } from '@tapeclock/schemas';
import type { Observation } from './observation.ts';
import { RecentMap } from './recent-map.ts';

/** Of an outcome whose trade was read too long ago, or before this instance began. */
const UNKNOWN = 'unknown';
const TRADES_MAX = 100_000;
const PRINTS_MAX = 100_000;
const FEEDS_MAX = 1_000;

/** Tells facts from events. Remembers only as much as telling them takes, and no more than a fixed number of each. */
export class Observer {
  readonly #trades = new RecentMap<{ readonly desk: string; readonly mpid: string }>(TRADES_MAX);
  /** The execution that each print was first seen of. */
  readonly #prints = new RecentMap<string>(PRINTS_MAX);
  readonly #executedNs = new RecentMap<Ns>(FEEDS_MAX);

  observe({ type, event }: AnyEvent, arrivedNs: Ns): readonly Observation[] {
    switch (type) {
      case 'TradeReportable':
        return [...this.#ofTrade(event, arrivedNs), ...ofStamp(event.meta, arrivedNs)];
      case 'ReportAccepted': {
        const { desk, mpid } = this.#trades.take(event.executionId) ?? { desk: UNKNOWN, mpid: UNKNOWN };
        return [
          {
            fact: 'acceptance',
            atNs: event.meta.stamps.answeredNs ?? event.acceptedNs,
            arrivedNs,
            labels: { desk, mpid, facility: event.facility },
            fields: { late: event.late },
          },
          ...ofStamp(event.meta, arrivedNs),
        ];
      }
      case 'ReportRejected': {
        const { desk, mpid } = this.#trades.get(event.executionId) ?? { desk: UNKNOWN, mpid: UNKNOWN };
        return [
          {
            fact: 'rejection',
            atNs: event.meta.stamps.answeredNs ?? event.meta.recordedNs,
            arrivedNs,
            labels: { desk, mpid, facility: event.facility, code: event.code },
            fields: {},
          },
        ];
      }
      default:
        return [];
    }
  }

  #ofTrade(trade: TradeReportable, arrivedNs: Ns): readonly Observation[] {
    const { receivedNs } = trade.meta.stamps;
    // What a person resubmitted came through no feed and says nothing about one.
    if (receivedNs === null) return [];
    const desk = trade.source;
    const { mpid, executedNs } = trade.execution;
    this.#trades.set(trade.executionId, { desk, mpid });
    const labels = { desk, mpid, ...(trade.facility !== null && { facility: trade.facility }) };
    const isNew = trade.action === 'NEW';
    const message: Observation = {
      fact: 'message',
      atNs: receivedNs,
      arrivedNs,
      labels,
      fields: { cancel: trade.action === 'CANCEL' || trade.action === 'REVERSAL' },
    };
    if (!isNew) return [message];
    const before = this.#executedNs.get(desk);
    this.#executedNs.set(desk, executedNs);
    const fields = {
      duplicate: this.#isDuplicate(trade),
      timeStands: before === executedNs,
      lagUs: Number((receivedNs - executedNs) / NS_PER_US),
    };
    return [message, { fact: 'execution', atNs: receivedNs, arrivedNs, labels, fields }];
  }

  #isDuplicate({ source, executionId, execution }: TradeReportable): boolean {
    const { symbol, side, quantityE6, priceE8, executedNs, contraMpid, account, orderId } = execution;
    const print = [source, symbol, side, quantityE6, priceE8, executedNs, contraMpid, account, orderId].join(
      '/',
    );
    const first = this.#prints.get(print);
    if (first === undefined) this.#prints.set(print, executionId);
    return first !== undefined && first !== executionId;
  }
}

function ofStamp({ stamps, producer, recordedNs }: EventMeta, arrivedNs: Ns): readonly Observation[] {
  if (stamps.clockOffsetNs === null) return [];
  const offsetUs = Math.abs(Number(stamps.clockOffsetNs / NS_PER_US));
  return [{ fact: 'stamp', atNs: recordedNs, arrivedNs, labels: { host: producer }, fields: { offsetUs } }];
}
