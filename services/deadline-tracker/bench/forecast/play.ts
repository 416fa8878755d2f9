import { NS_PER_MS, NS_PER_SECOND, type Ns } from '@tapeclock/domain';
import type { Random } from '@tapeclock/ports';
import { type EventCodec, NO_STAMPS } from '@tapeclock/schemas';
import { Lanes } from '../../src/forecast/lanes.ts';
import type { Obligation } from '../../src/obligation/obligation.ts';
import { type Overload, poisson, RUN_SECONDS } from './overload.ts';

/** What one run showed, in seconds from its beginning. */
export interface Played {
  readonly breachesAt: readonly number[];
  /** When the forecast's alert was up. */
  readonly forecast: readonly Span[];
  /** Backlog and the least time left to a deadline, once a second: what a naive threshold has to go by. */
  readonly watched: readonly { readonly at: number; readonly open: number; readonly leftSeconds: number }[];
}
export interface Span {
  readonly from: number;
  readonly to: number;
}

const STEP_MS = 20;
const WINDOW_NS = 10n * NS_PER_SECOND;
const T0: Ns = 1_795_532_400_000_000_000n;
const FACILITY = 'ADF';

/** Plays an overload against the forecast as the tracker uses it; what waits is served nearest deadline first. */
export function play(overload: Overload, random: Random, codec: EventCodec): Played {
  const lanes = new Lanes(0);
  // Everyone has the same window, so the order of arrival is that of deadlines.
  const waiting: Obligation[] = [];
  const breachesAt: number[] = [];
  const forecast: Span[] = [];
  const watched: Played['watched'][number][] = [];
  let raisedAt: number | null = null;
  let serial = 0;
  for (let ms = 0; ms < RUN_SECONDS * 1_000; ms += STEP_MS) {
    const seconds = ms / 1_000;
    const nowNs = T0 + BigInt(ms) * NS_PER_MS;
    const share = STEP_MS / 1_000;
    for (let n = poisson(overload.arrivalsPerSecond(Math.floor(seconds)) * share, random); n > 0; n -= 1) {
      serial += 1;
      waiting.push(obligation(serial, nowNs));
      lanes.touch(FACILITY, nowNs);
    }
    const served = Math.min(waiting.length, poisson(overload.capacityPerSecond(seconds) * share, random));
    for (const { breached } of waiting.splice(0, served)) {
      if (!breached) lanes.accepted(FACILITY, nowNs);
    }
    for (const each of waiting) {
      if (each.breached || each.dueAtNs >= nowNs) break;
      each.breached = true;
      breachesAt.push(seconds);
    }
    // What has breached is served first here and hides nothing: it is the oldest.
    while (waiting[0]?.breached === true) waiting.shift();
    const nextNs = lanes.nextNs();
    if (nextNs !== null && nextNs <= nowNs) {
      for (const { value } of lanes.tick(waiting, nowNs, codec)) {
        const { type, event } = codec.decode(value);
        if (type !== 'OperationsAlert') continue;
        if (event.state === 'RAISED') raisedAt = seconds;
        else if (raisedAt !== null) {
          forecast.push({ from: raisedAt, to: seconds });
          raisedAt = null;
        }
      }
    }
    if (ms % 1_000 === 0) {
      const dueNs = waiting[0]?.dueAtNs;
      const leftSeconds = dueNs === undefined ? 10 : Number(dueNs - nowNs) / 1e9;
      watched.push({ at: seconds, open: waiting.length, leftSeconds });
    }
  }
  if (raisedAt !== null) forecast.push({ from: raisedAt, to: RUN_SECONDS });
  return { breachesAt, forecast, watched };
}

function obligation(serial: number, startNs: Ns): Obligation {
  const id = String(serial);
  return {
    executionId: id,
    lineageId: id,
    revision: 0,
    reportId: id,
    facility: FACILITY,
    startNs,
    dueAtNs: startNs + WINDOW_NS,
    traceparent: null,
    stamps: NO_STAMPS,
    stage: 'REPORTER',
    holder: '',
    nextWarning: 0,
    breached: false,
    timer: null,
  };
}
