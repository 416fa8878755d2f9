import type { Phase, Spacing } from '../fix-driver/schedule.ts';
import type { Form } from '../rest-driver/read-answer.ts';

/** What a run of a scenario can be given. */
export interface ScenarioSettings {
  /** Executions per second: the constant rate, the top of a ramp, the base of a burst. */
  readonly rate: number;
  readonly seconds: number;
  /** Executions in one request. */
  readonly records: number;
  /** Boards that are open meanwhile. */
  readonly viewers: number;
}

export interface Scenario {
  readonly name: string;
  readonly about: string;
  readonly form: Form;
  readonly spacing: Spacing;
  /** Open before the first instant, as a client's pool is; what is due when all are busy opens one more. */
  readonly connections: number;
  readonly defaults: ScenarioSettings;
  phases(settings: ScenarioSettings): readonly Phase[];
  /** The point of it is that the gateway refuses: a run in which it does not has shown nothing. */
  readonly mustRefuse: boolean;
  /** Target for p99 from the scheduled instant to the answer. */
  readonly answerP99MsMax: number | null;
}

const BURST_FACTOR = 20;
const CONNECTIONS = 64;
/** More than the gateway works on at once, so that it can be seen to refuse. */
const BURST_CONNECTIONS = 600;

const steady = ({ rate, seconds }: ScenarioSettings): readonly Phase[] => [{ ratePerSecond: rate, seconds }];

export const SCENARIOS: readonly Scenario[] = [
  {
    name: 'single',
    about: 'one execution in a request, at a constant rate',
    form: 'single',
    spacing: 'even',
    connections: CONNECTIONS,
    defaults: { rate: 300, seconds: 30, records: 1, viewers: 0 },
    phases: steady,
    mustRefuse: false,
    answerP99MsMax: 100,
  },
  {
    name: 'ramp',
    about: 'one execution in a request; a third of the time up to the rate, a third there, a third down',
    form: 'single',
    spacing: 'poisson',
    connections: CONNECTIONS,
    defaults: { rate: 600, seconds: 60, records: 1, viewers: 0 },
    phases: ({ rate, seconds }) => {
      const third = Math.max(1, Math.floor(seconds / 3));
      return [...ramp(0, rate, third), { ratePerSecond: rate, seconds: third }, ...ramp(rate, 0, third)];
    },
    mustRefuse: false,
    answerP99MsMax: 100,
  },
  {
    name: 'batch',
    about: 'JSON lists at a constant rate of executions',
    form: 'batch',
    spacing: 'even',
    connections: CONNECTIONS,
    defaults: { rate: 1_000, seconds: 30, records: 50, viewers: 0 },
    phases: steady,
    mustRefuse: false,
    answerP99MsMax: 250,
  },
  {
    name: 'upload',
    about: 'NDJSON files at a constant rate of executions',
    form: 'upload',
    spacing: 'even',
    connections: CONNECTIONS,
    defaults: { rate: 1_000, seconds: 30, records: 2_000, viewers: 0 },
    phases: steady,
    mustRefuse: false,
    answerP99MsMax: null,
  },
  {
    name: 'burst',
    about: `JSON lists at the rate, then at ${BURST_FACTOR} times the rate, then at the rate again, a third of the time each`,
    form: 'batch',
    spacing: 'poisson',
    connections: BURST_CONNECTIONS,
    defaults: { rate: 500, seconds: 18, records: 50, viewers: 0 },
    phases: ({ rate, seconds }) => {
      const third = seconds / 3;
      return [rate, rate * BURST_FACTOR, rate].map((ratePerSecond) => ({ ratePerSecond, seconds: third }));
    },
    mustRefuse: true,
    answerP99MsMax: null,
  },
  {
    name: 'board',
    about:
      'boards open on the live feed, asking for their lists by schedule, while executions come in one by one',
    form: 'single',
    spacing: 'poisson',
    connections: CONNECTIONS,
    defaults: { rate: 200, seconds: 30, records: 1, viewers: 10 },
    phases: steady,
    mustRefuse: false,
    answerP99MsMax: 100,
  },
];

/** Straight from one rate to another in steps of a second, each at its middle rate. */
function ramp(from: number, to: number, seconds: number): readonly Phase[] {
  return Array.from({ length: seconds }, (_, second) => ({
    ratePerSecond: from + ((to - from) * (second + 0.5)) / seconds,
    seconds: 1,
  }));
}
