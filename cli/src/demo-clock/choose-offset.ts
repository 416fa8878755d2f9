import { easternWall, NS_PER_HOUR, NS_PER_MINUTE, type Ns, nsFromEasternDay } from '@tapeclock/domain';

/** What an earlier run left: its offset, and the latest instant it is known to have shown. */
export interface DemoClockRecord {
  readonly offsetNs: Ns;
  readonly shownNs: Ns;
}

const START_OF_DAY_NS = 10n * NS_PER_HOUR;
const CONTINUE_FROM_NS = 9n * NS_PER_HOUR + 35n * NS_PER_MINUTE;
const CONTINUE_TO_NS = 15n * NS_PER_HOUR + 30n * NS_PER_MINUTE;
/** No calendar has so many closed days in a row; beyond it the rulebook has ended. */
const DAYS_AHEAD_MAX = 30;

/**
 * Offset of the demo clock to the host's. The first run stands at 10:00 Eastern on a trading day. A later one goes on
 * where the clock would be now, if the market is well open then; otherwise it jumps ahead to the next trading day's 10:00.
 * Never backwards: the log's instants must not be ahead of the clock that continues it.
 */
export function chooseOffset(
  record: DemoClockRecord | null,
  hostNs: Ns,
  isTradingDay: (dayNumber: number) => boolean,
): Ns {
  if (record === null) {
    const today = easternWall(hostNs).dayNumber;
    return startOf(firstTradingDay(today, isTradingDay)) - hostNs;
  }
  const { offsetNs, shownNs } = record;
  const resumedNs = hostNs + offsetNs;
  const wall = easternWall(resumedNs);
  const open =
    wall.nsOfDay >= CONTINUE_FROM_NS && wall.nsOfDay <= CONTINUE_TO_NS && isTradingDay(wall.dayNumber);
  if (open && resumedNs >= shownNs) return offsetNs;
  const fromNs = resumedNs > shownNs ? resumedNs : shownNs;
  const { dayNumber } = easternWall(fromNs);
  const next = startOf(dayNumber) > fromNs ? dayNumber : dayNumber + 1;
  return startOf(firstTradingDay(next, isTradingDay)) - hostNs;
}

function startOf(dayNumber: number): Ns {
  return nsFromEasternDay(dayNumber, START_OF_DAY_NS);
}

function firstTradingDay(from: number, isTradingDay: (dayNumber: number) => boolean): number {
  for (let day = from; day < from + DAYS_AHEAD_MAX; day += 1) if (isTradingDay(day)) return day;
  throw new Error(
    `no trading day within ${DAYS_AHEAD_MAX} days: the rulebook's calendar does not reach this far`,
  );
}
