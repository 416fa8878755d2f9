/** Facts in the words of the desk. */
export function span(ms: number): string {
  const magnitude = Math.abs(ms);
  const sign = ms < 0 ? '−' : '';
  if (magnitude < 1) return `${sign}${(magnitude * 1000).toFixed(0)} µs`;
  if (magnitude < 1_000) return `${sign}${magnitude.toFixed(magnitude < 10 ? 2 : 0)} ms`;
  if (magnitude < 120_000) return `${sign}${(magnitude / 1_000).toFixed(magnitude < 10_000 ? 2 : 1)} s`;
  if (magnitude < 7_200_000) return `${sign}${(magnitude / 60_000).toFixed(0)} min`;
  return `${sign}${(magnitude / 3_600_000).toFixed(1)} h`;
}

const EASTERN = new Intl.DateTimeFormat('en-US', {
  timeZone: 'America/New_York',
  hour12: false,
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
});
const EASTERN_DATE = new Intl.DateTimeFormat('en-CA', { timeZone: 'America/New_York', dateStyle: 'short' });

/** Clock on the wall in New York, with as many fraction digits as asked for; the digits are the server's own text. */
export function eastern(instant: string | null, digits = 3): string {
  if (instant === null) return '';
  const at = new Date(instant);
  const fraction = (instant.split('.')[1] ?? '').replace('Z', '').slice(0, digits);
  return `${EASTERN.format(at)}${fraction === '' ? '' : `.${fraction}`}`;
}

export function easternDay(instant: string): string {
  return EASTERN_DATE.format(new Date(instant));
}

export const FACILITY: Readonly<Record<string, string>> = {
  ADF: 'ADF',
  TRF_CARTERET: 'TRF Carteret',
  TRF_CHICAGO: 'TRF Chicago',
  TRF_NYSE: 'NYSE TRF',
  ORF: 'ORF',
};
export const facilityName = (name: string | null): string => (name === null ? '' : (FACILITY[name] ?? name));

export const SIDE: Readonly<Record<string, string>> = {
  BUY: 'Buy',
  SELL: 'Sell',
  CROSS: 'Cross',
  B: 'Buy',
  S: 'Sell',
  X: 'Cross',
};
export const sideName = (side: string | null): string => (side === null ? '' : (SIDE[side] ?? side));

/** How a state is shown: the word, and how worried to be. */
const STATES: Readonly<Record<string, readonly [word: string, tone: string]>> = {
  RECEIVED: ['Received', 'quiet'],
  REPAIR: ['Repair', 'near'],
  DECIDED: ['To report', 'quiet'],
  NOT_REPORTABLE: ['Not reportable', 'quiet'],
  HELD: ['Held', 'half'],
  SENT: ['Sent', 'quiet'],
  IN_DOUBT: ['In doubt', 'gone'],
  REJECTED: ['Rejected', 'gone'],
  ACCEPTED: ['Accepted', 'calm'],
  SUPERSEDED: ['Superseded', 'quiet'],
  DISCARDED: ['Discarded', 'quiet'],
  OPEN: ['Open', 'near'],
  PENDING: ['Pending', 'half'],
  CLOSED: ['Closed', 'quiet'],
  RAISED: ['Raised', 'gone'],
  CLEARED: ['Cleared', 'calm'],
  LOGGED_ON: ['Logged on', 'calm'],
  CONNECTED: ['Connecting', 'half'],
  DISCONNECTED: ['Down', 'gone'],
  INTENDED: ['Prepared', 'half'],
  SUBMITTED: ['Submitted', 'quiet'],
  ANSWERED: ['Answered', 'calm'],
};
export const stateWord = (state: string): string => STATES[state]?.[0] ?? state;
export const stateTone = (state: string): string => STATES[state]?.[1] ?? 'quiet';

/** Calm below half of the window, then warmer; thresholds as the tracker warns. */
export function toneOfShare(share: number): string {
  if (share >= 1) return 'gone';
  if (share >= 0.8) return 'near';
  return share >= 0.5 ? 'half' : 'calm';
}
