// The load driver's own process, so that it shares no event loop with what it measures: `process.ts <options as JSON>`.
import { systemClock, tcpNetwork } from '@tapeclock/ports';
import { seededRandom } from '@tapeclock/ports/virtual';
import { loadUniverse } from '../executions/universe.ts';
import {
  type FromDriver,
  LOAD_DEFAULTS,
  type LoadOptions,
  type LoadSummary,
  type ToDriver,
} from './load-options.ts';
import { startOffering } from './offer.ts';

const PROGRESS_NS = 100_000_000n;
const LOGON_POLL_NS = 5_000_000n;

const given = JSON.parse(process.argv[2] ?? '{}') as Omit<LoadOptions, 'clockOffsetNs'> & {
  readonly clockOffsetNs: string;
};
const options: LoadOptions = { ...given, clockOffsetNs: BigInt(given.clockOffsetNs) };
const clock = systemClock(options.clockOffsetNs);
const tell = (message: FromDriver): void => void process.send?.(message, () => {});
const onWire = (summary: LoadSummary) => ({
  ...summary,
  startNs: String(summary.startNs),
  endNs: String(summary.endNs),
});

// Nobody left to measure for.
process.once('disconnect', () => process.exit(0));
process.on('SIGINT', () => {});

const offering = await startOffering(
  {
    clock,
    network: tcpNetwork,
    random: seededRandom(options.seed ?? LOAD_DEFAULTS.seed),
    universe: await loadUniverse(options.mpid ?? LOAD_DEFAULTS.mpid, clock.nowNs()),
    cpuSeconds() {
      const { user, system } = process.cpuUsage();
      return (user + system) / 1e6;
    },
  },
  options,
);

const report = (): void => {
  tell({ kind: 'progress', counts: offering.counts() });
  clock.after(PROGRESS_NS, report);
};
const awaitLogons = (): void => {
  if (offering.allUp()) {
    tell({ kind: 'ready' });
    report();
  } else clock.after(LOGON_POLL_NS, awaitLogons);
};
awaitLogons();

process.on('message', async (message: ToDriver) => {
  if (message.kind === 'begin') {
    tell({ kind: 'offered', summary: onWire(await offering.run()) });
    return;
  }
  await offering.stop();
  tell({ kind: 'ended', summary: onWire(offering.summary()) });
  process.disconnect();
});
