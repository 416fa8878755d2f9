/** Eastern wall time by the platform's own zone data: a second opinion beside the reporter's. */
const FORMAT = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'America/New_York',
  hourCycle: 'h23',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
});

/** `YYYYMMDDTHHMMSS.fffffffff`. */
export function easternStamp(epochNs: bigint): string {
  const parts = new Map(
    FORMAT.formatToParts(Number(epochNs / 1_000_000n)).map(({ type, value }) => [type, value] as const),
  );
  const digits = (name: Intl.DateTimeFormatPartTypes): string => parts.get(name) ?? '';
  const date = digits('year') + digits('month') + digits('day');
  const time = digits('hour') + digits('minute') + digits('second');
  return `${date}T${time}.${(epochNs % 1_000_000_000n).toString().padStart(9, '0')}`;
}

export function easternDay(epochNs: bigint): string {
  return easternStamp(epochNs).slice(0, 8);
}
