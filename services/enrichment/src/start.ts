import { type RunningService, runProcessor, type ServiceEnvironment } from '@tapeclock/service';
import { type EnrichmentConfig, settingsOf } from './config.ts';
import { rulebookDecide } from './decision/rulebook-decide.ts';
import { followReferenceUpdates } from './reference/follow-updates.ts';
import { ReferenceBook } from './reference/reference-book.ts';
import { enrichmentProcessor } from './step.ts';

/**
 * Starts the service. It judges nothing before every reference update that is on the log is known: a trade must not
 * slip past a halt because of a restart. Several may run: partitions are shared out.
 */
export async function startEnrichment(
  environment: ServiceEnvironment,
  config: EnrichmentConfig,
): Promise<RunningService> {
  const { logger } = environment.telemetry;
  const book = new ReferenceBook(config.reference);
  const updates = followReferenceUpdates(book, {
    log: environment.log,
    codec: environment.codec,
    onRefused: (place, text) => logger.error('a reference update was refused', { place, reason: text }),
  });
  await updates.caughtUp;
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
  const running = await runProcessor(processor, environment);
  return {
    ready: () => running.ready(),
    async stop() {
      await running.stop();
      await updates.stop();
    },
  };
}
