import type { Membership } from '@tapeclock/event-log';
import { TOPICS } from '@tapeclock/schemas';
import type { RunningService, ServiceEnvironment } from '@tapeclock/service';
import { type FacilityReporterConfig, REPORTER_DEFAULTS } from './config.ts';
import { FACILITY_REPORTER } from './core/events.ts';
import { CORE_DEFAULTS } from './core/settings.ts';
import { PartitionFeed } from './shell/partition-feed.ts';
import { ReporterRun } from './shell/reporter-run.ts';
import { ReportsAhead } from './shell/reports-ahead.ts';

export interface PreparedReporter {
  start(): Promise<RunningService>;
  /** Ends the reading ahead of one that was never started. */
  stop(): Promise<void>;
}

/** Reads ahead what the log tells of reports and goes on with it, so that `start` only has to catch up. */
export function prepareFacilityReporter(
  environment: ServiceEnvironment,
  config: FacilityReporterConfig,
): PreparedReporter {
  const { log, codec, clock } = environment;
  const ahead = new ReportsAhead(
    { log, codec, clock },
    {
      horizonNs: config.horizonNs ?? REPORTER_DEFAULTS.horizonNs,
      reportsMax: config.settings?.reportsMax ?? CORE_DEFAULTS.reportsMax,
    },
  );
  return { start: () => startReporter(environment, config, ahead), stop: () => ahead.stop() };
}

/** As `prepareFacilityReporter(…).start()`, reading the log only now. */
export function startFacilityReporter(
  environment: ServiceEnvironment,
  config: FacilityReporterConfig,
): Promise<RunningService> {
  return startReporter(environment, config);
}

/**
 * Starts the reporter: logs its sessions on, joins the group, and reports what trades.reportable asks for. Several
 * may run, each with its own CompIDs; partitions are shared out and taken over from the log.
 */
async function startReporter(
  environment: ServiceEnvironment,
  config: FacilityReporterConfig,
  ahead?: ReportsAhead,
): Promise<RunningService> {
  const { log, codec, clock } = environment;
  const run = new ReporterRun(environment, config, ahead);
  const feeds = new Map<number, PartitionFeed>();
  const backlogMax = config.backlogMax ?? REPORTER_DEFAULTS.backlogMax;
  let membership: Membership | null = null;
  let assigned = false;
  let stopping = false;
  let wasFull = false;

  const isFull = () => {
    let open = 0;
    for (const book of run.state.books.values()) open += book.openLineages;
    wasFull = open >= backlogMax;
    return wasFull;
  };
  await run.open(() => {
    for (const feed of feeds.values()) {
      feed.progressed();
      if (wasFull) feed.wake();
    }
  });
  const startFeed = (partition: number) =>
    new PartitionFeed(partition, {
      reading: { log, codec, clock },
      membership: () => membership,
      horizonNs: config.horizonNs ?? REPORTER_DEFAULTS.horizonNs,
      reportsMax: config.settings?.reportsMax ?? CORE_DEFAULTS.reportsMax,
      service: FACILITY_REPORTER,
      takeAhead: (number) => ahead?.take(number) ?? null,
      apply: (event) => run.apply(event),
      append: (event) => run.append(event),
      flushed: () => run.flushed(),
      reportOf: (number, reportId) => run.state.books.get(number)?.find(reportId) ?? null,
      isFull,
      needsOutcomes: (number) => run.needsOutcomes(number),
    });

  membership = await log.join({
    group: FACILITY_REPORTER,
    memberId: environment.memberId,
    topics: [TOPICS.tradesReportable, TOPICS.deskActions],
    async onAssignment(change) {
      const gone = new Set(change.revoked.map(({ partition }) => partition));
      await Promise.all(
        [...gone].map(async (partition) => {
          const feed = feeds.get(partition);
          feeds.delete(partition);
          await run.apply({ kind: 'revoked', partition });
          await feed?.stop();
          // What was decided for the partition stands on the log before another instance reads it.
          await run.flushed();
        }),
      );
      for (const { partition } of change.assigned) {
        if (!stopping && !feeds.has(partition)) feeds.set(partition, startFeed(partition));
      }
      assigned = true;
      Promise.all([...feeds.values()].map((feed) => feed.restored)).then(() => run.booksRestored());
    },
  });
  for (const feed of feeds.values()) feed.wake();

  return {
    ready: () => assigned && [...feeds.values()].every((feed) => feed.caughtUp),
    async stop() {
      if (stopping) return;
      stopping = true;
      await ahead?.stop();
      await run.drain();
      await Promise.all([...feeds.values()].map((feed) => feed.stop()));
      await run.stop();
      await membership?.leave();
    },
  };
}
