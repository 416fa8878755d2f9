import { easternDayNumber, type Ns, nsFromEasternDay } from '@tapeclock/domain';

export interface Bounds {
  readonly fromNs: Ns;
  readonly toNs: Ns;
}

/** How time is cut into buckets, and how many neighbouring buckets make one window. */
export interface Shape {
  /** The bucket that holds the instant; null for an instant that belongs to none. */
  bucketOf(atNs: Ns): Bounds | null;
  /** The window that ends with this bucket begins here. */
  readonly bucketsPerWindow: number;
}

/** Windows side by side, cut from the epoch on. */
export function tumbling(sizeNs: Ns): Shape {
  return sliding(sizeNs, sizeNs);
}

/** Windows of `sizeNs` of which one ends every `everyNs`; the size must be a multiple of it. */
export function sliding(sizeNs: Ns, everyNs: Ns): Shape {
  if (everyNs <= 0n || sizeNs < everyNs || sizeNs % everyNs !== 0n)
    throw new RangeError(`a window of ${sizeNs} ns cannot slide by ${everyNs} ns`);
  return {
    bucketOf(atNs) {
      const fromNs = atNs - (((atNs % everyNs) + everyNs) % everyNs);
      return { fromNs, toNs: fromNs + everyNs };
    },
    bucketsPerWindow: Number(sizeNs / everyNs),
  };
}

/** The days of the Eastern calendar, of 23, 24 or 25 hours. */
export const easternDay: Shape = {
  bucketOf(atNs) {
    const day = easternDayNumber(atNs);
    return { fromNs: nsFromEasternDay(day, 0n), toNs: nsFromEasternDay(day + 1, 0n) };
  },
  bucketsPerWindow: 1,
};

/** One session a day between two times of the Eastern day; what happens outside of it belongs to no window. */
export function easternHours(opensNs: Ns, closesNs: Ns): Shape {
  return {
    bucketOf(atNs) {
      const day = easternDayNumber(atNs);
      const bounds = { fromNs: nsFromEasternDay(day, opensNs), toNs: nsFromEasternDay(day, closesNs) };
      return atNs >= bounds.fromNs && atNs < bounds.toNs ? bounds : null;
    },
    bucketsPerWindow: 1,
  };
}
