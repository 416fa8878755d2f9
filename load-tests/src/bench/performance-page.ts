import { ms, QUANTILE_HEADS, quantileCells, table } from '../tell/table.ts';
import type { BenchResult } from './bench-result.ts';
import type { RunResult } from './run-rate.ts';

const STRETCHES = {
  scheduledToReceived: 'scheduled → bytes in (driver and socket)',
  receivedToLogged: 'bytes in → handed to the log',
  loggedToDecided: 'handed to the log → decided (first hop)',
  decidedToIntended: 'decided → intent made (second hop)',
  intendedToSent: 'intent made → durable → bytes out',
  sentToAnswered: 'bytes out → answer read (simulated facility, 2 to 5 ms by default)',
} as const;

/** docs/reference/performance.md, whole. */
export function performancePage(result: BenchResult): string {
  const { machine, runs } = result;
  return [
    '# Performance',
    '',
    'Written by `npm run bench`; change nothing here by hand. FIX bytes in → report bytes out, with everything running on',
    'one machine: the four processes, the log on its disk, the simulated facility and CAT, and the load driver in a process',
    'of its own. Open model: each execution has its instant beforehand, so nothing is left out because an earlier one was',
    'slow. Latencies are differences of stamps on the log; nothing is measured that is not on record.',
    '',
    `- Machine: ${machine.cpu}, ${machine.cores} cores, ${machine.memoryGiB} GiB, ${machine.system}, ${machine.fileSystem}; Node ${machine.node}`,
    `- Commit: ${machine.commit}${machine.dirty ? ' with changes' : ''}; ${result.startedAt}; load average before ${machine.loadBefore}`,
    `- Settings: ${settingsText(runs[0])}`,
    '',
    '## Counts',
    '',
    'offered = taken + refused; taken = accepted + repairs, or something is lost.',
    '',
    table(
      [
        'rate /s',
        'offered',
        'refused',
        'taken',
        'accepted',
        'repairs',
        'late',
        'breached',
        'reports/s',
        'verify',
      ],
      runs.map((run) => [
        String(run.settings.rate),
        run.offered,
        run.refused,
        run.taken,
        run.accepted,
        run.repairs,
        run.late,
        run.breached,
        run.reportsPerSecond,
        verdict(run),
      ]),
    ),
    '',
    '## Bytes in → bytes out, milliseconds',
    '',
    latencies(runs, 'bytesInToBytesOut'),
    '',
    '## Scheduled instant → bytes out, milliseconds',
    '',
    'The same, and what the driver and the socket in front of us cost besides.',
    '',
    latencies(runs, 'scheduledToBytesOut'),
    '',
    '## Where the time goes, milliseconds (p50 / p99)',
    '',
    table(
      ['stretch', ...runs.map(({ settings }) => `${settings.rate} /s`)],
      Object.entries(STRETCHES).map(([name, text]) => [
        text,
        ...runs.map(({ latencyMs }) => {
          const { p50, p99 } = latencyMs[name as keyof typeof STRETCHES];
          return `${ms(p50)} / ${ms(p99)}`;
        }),
      ]),
    ),
    '',
    '## Processor seconds per second of load',
    '',
    table(
      ['rate /s', 'hot', 'watch', 'desk', 'outside', 'driver'],
      runs.map((run) => [
        String(run.settings.rate),
        ...(['hot', 'watch', 'desk', 'outside', 'driver'] as const).map((name) =>
          share(run.cpuSeconds[name], run.wallSeconds),
        ),
      ]),
    ),
    '',
    '## Targets (two cores, everything running)',
    '',
    ...result.targets.map(({ text, met, found }) => `- ${met ? 'met' : 'MISSED'}: ${text} (${found})`),
    '',
    '## Not measured',
    '',
    'A network between the parties, a facility of the real world, Kafka, several instances, TLS. The driver and the',
    'simulators take processor time that in production is elsewhere.',
    '',
  ].join('\n');
}

function latencies(runs: readonly RunResult[], name: 'bytesInToBytesOut' | 'scheduledToBytesOut'): string {
  return table(
    ['rate /s', ...QUANTILE_HEADS],
    runs.map(({ settings, latencyMs }) => [String(settings.rate), ...quantileCells(latencyMs[name])]),
  );
}

function verdict({ exceptions, drained }: RunResult): string {
  const found = Object.entries(exceptions).map(([code, count]) => `${count} ${code}`);
  return [...(drained ? [] : ['not drained']), ...(found.length === 0 ? ['clean'] : found)].join(', ');
}

function settingsText(run: RunResult | undefined): string {
  if (run === undefined) return 'none';
  const { seconds, warmUpSeconds, sessions, spacing, seed } = run.settings;
  return `${seconds} s each after ${warmUpSeconds} s of warm-up, ${sessions} FIX 4.4 sessions, ${spacing} arrivals, seed ${seed}`;
}

function share(seconds: number | null, wallSeconds: number): string {
  return seconds === null || wallSeconds === 0 ? '–' : (seconds / wallSeconds).toFixed(2);
}
