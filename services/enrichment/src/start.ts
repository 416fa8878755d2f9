import {
  followProcessor,
  type ProcessorStandby,
  type RunningService,
  runProcessor,
  type ServiceEnvironment,
} from '@tapeclock/service';
import { type EnrichmentConfig, settingsOf } from './config.ts';
import { rulebookDecide } from './decision/rulebook-decide.ts';
import type { LineageStore } from './lineage/lineage-store.ts';
import { followReferenceUpdates } from './reference/follow-updates.ts';
import { ReferenceBook } from './reference/reference-book.ts';
import { enrichmentProcessor } from './step.ts';

/** An instance that does not work yet. */
export interface PreparedEnrichment {
  /** Joins the group and works, from what was read ahead. Once. */
  start(): Promise<RunningService>;
  /** Ends the reading ahead, and the service where it was started. */
  stop(): Promise<void>;
}

/** Reads ahead what the log knows; `start` takes over from there. */
export function prepareEnrichment(
  environment: ServiceEnvironment,
  config: EnrichmentConfig,
): PreparedEnrichment {
  const { updates, processor } = partsOf(environment, config);
  return enrichment(environment, updates, processor, followProcessor(processor, environment));
}

/**
 * Starts the service without reading ahead. It judges nothing before every reference update that is on the log is known:
 * a trade must not slip past a halt because of a restart. Several may run: partitions are shared out.
 */
export async function startEnrichment(
  environment: ServiceEnvironment,
  config: EnrichmentConfig,
): Promise<RunningService> {
  const { updates, processor } = partsOf(environment, config);
  return enrichment(environment, updates, processor).start();
}

type Parts = ReturnType<typeof partsOf>;

function partsOf(environment: ServiceEnvironment, config: EnrichmentConfig) {
  const { logger } = environment.telemetry;
  const book = new ReferenceBook(config.reference);
  const updates = followReferenceUpdates(book, {
    log: environment.log,
    codec: environment.codec,
    onRefused: (place, text) => logger.error('a reference update was refused', { place, reason: text }),
  });
  const processor = enrichmentProcessor(
    settingsOf({ ...config, decide: rulebookDecide(config.rulebook) }),
    book,
    {
      clockOffsetNs: environment.clockOffsetNs?.bind(environment),
      onEvictedEarly(count) {
        // At 1, 2, 4, 8 …: loud at first, and never a flood.
        if ((count & (count - 1)) === 0) {
          logger.error('executions were forgotten inside the horizon; raise lineagesMax', { count });
        }
      },
    },
  );
  return { updates, processor };
}

function enrichment(
  environment: ServiceEnvironment,
  updates: Parts['updates'],
  processor: Parts['processor'],
  standby?: ProcessorStandby<LineageStore>,
): PreparedEnrichment {
  let running: RunningService | null = null;
  const stop = async (): Promise<void> => {
    await running?.stop();
    await standby?.stop();
    await updates.stop();
  };
  return {
    async start() {
      // A halt may have come since the last look: what is on the log now is asked for, not what was there at first.
      await updates.upToDate();
      const processing = await runProcessor(processor, environment, standby);
      running = processing;
      return { ready: () => processing.ready(), stop };
    },
    stop,
  };
}
