import {
  dateFromDayNumber,
  dayNumberFromDate,
  type EasternDate,
  easternDate,
  easternDayNumber,
  NS_PER_DAY,
  NS_PER_HOUR,
  type Ns,
  nsFromEasternDay,
} from '@tapeclock/domain';
import { BucketedWindows, easternDay, type WindowSettings } from '@tapeclock/windows';
import { type Counts, counts } from './counts.ts';
import { type Projection, project } from './projection.ts';

/** A report that a facility accepted. Each must be told once; who reads the log drops repeats by their event id. */
export interface Outcome {
  readonly facility: string;
  /** Of the firm that reported. */
  readonly mpid: string;
  readonly acceptedNs: Ns;
  readonly late: boolean;
  /** When the log took it, and the partition it came from. */
  readonly arrivedNs: Ns;
  readonly source: string;
}

/** One line of the card: a facility and an MPID in one month. */
export interface CardLine {
  readonly facility: string;
  readonly mpid: string;
  readonly monthToDate: Counts;
  readonly today: Counts;
  readonly projected: Projection | null;
}

/** A day whose figures were closed and have changed since: what was said is taken back, and said anew. */
export interface DayRestated {
  readonly facility: string;
  readonly mpid: string;
  readonly date: EasternDate;
  readonly before: Counts | null;
  readonly after: Counts;
}

const SETTINGS: WindowSettings = {
  late: 'restate',
  latenessNs: NS_PER_HOUR,
  idleNs: NS_PER_HOUR,
  keepNs: 40n * NS_PER_DAY,
  windowsMax: 50_000,
  sources: [],
};

/**
 * Preview of FINRA's monthly report card on late reporting: on time by facility and MPID, month to date and projected. A fold over what
 * facilities accepted, by the Eastern day of the acceptance. Pure, and the same whether told live or from the log.
 */
export class ReportCard {
  readonly #isTradingDay: (date: EasternDate) => boolean;
  readonly #days = new BucketedWindows(easternDay, SETTINGS, counts);
  readonly #lines = new Map<string, { readonly facility: string; readonly mpid: string; lastNs: Ns }>();

  constructor(isTradingDay: (date: EasternDate) => boolean) {
    this.#isTradingDay = isTradingDay;
  }

  /** Returns the days that the outcome changes after they were closed; none for an outcome of today. */
  add({ facility, mpid, acceptedNs, late, arrivedNs, source }: Outcome): readonly DayRestated[] {
    const key = `${facility}/${mpid}`;
    const line = this.#lines.get(key) ?? { facility, mpid, lastNs: acceptedNs };
    if (line.lastNs < acceptedNs) line.lastNs = acceptedNs;
    this.#lines.set(key, line);
    const outputs = this.#days.add(late, { source, key, atNs: acceptedNs, arrivedNs });
    const restated: DayRestated[] = [];
    let before: Counts | null = null;
    for (const output of outputs) {
      if (output.kind === 'retraction') before = output.value;
      else if (output.revision > 0) {
        const date = easternDate(output.fromNs);
        restated.push({ facility, mpid, date, before, after: output.value });
      }
    }
    return restated;
  }

  /** The card of the month that `nowNs` lies in, by facility and MPID; lines without a report this month are left out. */
  lines(nowNs: Ns): readonly CardLine[] {
    const today = easternDayNumber(nowNs);
    const month = monthOf(today);
    const cards: CardLine[] = [];
    for (const [key, { facility, mpid, lastNs }] of this.#lines) {
      if (lastNs + SETTINGS.keepNs < nowNs) {
        this.#lines.delete(key);
        continue;
      }
      const all = month.filter((day) => day <= today).map((day) => ({ day, counts: this.#of(key, day) }));
      const monthToDate = all.reduce((sum, day) => counts.merge(sum, day.counts), counts.empty);
      if (monthToDate.accepted === 0) continue;
      const over = all.filter(({ day }) => day < today && this.#trades(day)).map((day) => day.counts);
      const ofToday = this.#of(key, today);
      const daysLeft = month.filter((day) => day > today && this.#trades(day)).length;
      cards.push({
        facility,
        mpid,
        monthToDate,
        today: ofToday,
        projected: project(over, this.#trades(today) ? ofToday : null, daysLeft),
      });
    }
    return cards.sort((a, b) => order(a.facility, b.facility) || order(a.mpid, b.mpid));
  }

  #of(key: string, day: number): Counts {
    return this.#days.at(key, nsFromEasternDay(day, 12n * NS_PER_HOUR));
  }

  #trades(day: number): boolean {
    return this.#isTradingDay(dateFromDayNumber(day));
  }
}

/** Numbers of all days of the month that the day lies in. */
function monthOf(day: number): readonly number[] {
  const month = dateFromDayNumber(day).slice(0, 7);
  const days: number[] = [];
  for (let at = dayNumberFromDate(`${month}-01`) ?? day; dateFromDayNumber(at).startsWith(month); at += 1)
    days.push(at);
  return days;
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
