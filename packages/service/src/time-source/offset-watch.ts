import { NS_PER_MINUTE, NS_PER_MS, NS_PER_SECOND, type Ns } from '@tapeclock/domain';
import type { Clock, Timer } from '@tapeclock/ports';
import { errorFields, type Telemetry } from '@tapeclock/telemetry';

/** Rules 4590 and 6820: business clocks stand within 50 ms of NIST. */
const OFFSET_MAX_NS = 50n * NS_PER_MS;
const INTERVAL_NS = NS_PER_MINUTE;

export interface OffsetWatch {
  /** Host clock minus time source at the last answer; null before the first. */
  offsetNs(): Ns | null;
  stop(): void;
}

/** Compares the host's clock with a time source at once and every minute, and says so when it is beyond 50 ms. */
export function watchOffset(
  measure: () => Promise<Ns>,
  { clock, telemetry }: { readonly clock: Clock; readonly telemetry: Telemetry },
): OffsetWatch {
  const { logger, metrics } = telemetry;
  let lastNs: Ns | null = null;
  let timer: Timer | null = null;
  let stopped = false;
  const round = async (): Promise<void> => {
    try {
      const offsetNs = await measure();
      lastNs = offsetNs;
      metrics.set('tapeclock_clock_offset_seconds', {}, Number(offsetNs) / Number(NS_PER_SECOND));
      if (offsetNs > OFFSET_MAX_NS || offsetNs < -OFFSET_MAX_NS) {
        logger.error('the host clock is more than 50 ms off its time source', {
          offsetMs: Number(offsetNs / NS_PER_MS),
        });
      }
    } catch (error) {
      logger.warn('the time source does not answer', errorFields(error));
    }
    if (!stopped) timer = clock.after(INTERVAL_NS, () => void round());
  };
  void round();
  return {
    offsetNs: () => lastNs,
    stop() {
      stopped = true;
      timer?.cancel();
    },
  };
}
