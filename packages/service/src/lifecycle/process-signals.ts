import { errorFields, type ProcessLogger } from '@tapeclock/telemetry';

/** Exit statuses that the supervisor can tell apart. */
export const EXIT = { stopped: 0, crashed: 70, configuration: 78 } as const;

/**
 * Ties a process's life to what surrounds it. SIGTERM, SIGINT and the closing of the supervisor's channel stop it
 * gracefully; a second signal at once. An error that nobody handled ends the process immediately: what the log has
 * is the truth, and a fresh process on it is safer than one that goes on in a state nobody thought of.
 */
export function obeySignals(stop: () => Promise<void>, logger: ProcessLogger): void {
  let asked = false;
  const onStop = (cause: string): void => {
    if (asked) process.exit(EXIT.stopped);
    asked = true;
    logger.info('stopping', { cause });
    stop().then(
      () => {
        logger.flush();
        process.exit(EXIT.stopped);
      },
      (error: unknown) => {
        logger.error('stopping failed', errorFields(error));
        logger.flush();
        process.exit(EXIT.crashed);
      },
    );
  };
  process.on('SIGTERM', () => onStop('SIGTERM'));
  // Under a supervisor, ctrl-C is the supervisor's to answer: it stops its children in an order.
  if (process.channel === undefined) process.on('SIGINT', () => onStop('SIGINT'));
  else {
    process.removeAllListeners('disconnect');
    process.once('disconnect', () => onStop('supervisor gone'));
  }
  const onCrash = (error: unknown): void => {
    logger.error('unhandled error; the process ends', errorFields(error));
    logger.flush();
    process.exit(EXIT.crashed);
  };
  process.on('uncaughtException', onCrash);
  process.on('unhandledRejection', onCrash);
}
