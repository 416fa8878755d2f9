import { prepareDeadlineTracker } from '@tapeclock/deadline-tracker';
import {
  alertObserver,
  type HostedService,
  outcomeObserver,
  runProcessor,
  sessionObserver,
} from '@tapeclock/service';
import type { ProcessContext } from './process-context.ts';

/** Watches what the others do: deadlines, and the numbers and traces made from outcomes. */
export async function watchServices(context: ProcessContext): Promise<readonly HostedService[]> {
  const { telemetry } = context;
  // Follows the log from now on: the spare has the open obligations when it is needed.
  const tracker = prepareDeadlineTracker(context.environment('deadline-tracker'));
  return [
    { name: 'deadline-tracker', start: tracker.start },
    {
      name: 'outcome-observer',
      start: () => runProcessor(outcomeObserver(telemetry), context.environment('outcome-observer')),
    },
    {
      name: 'session-observer',
      start: () => runProcessor(sessionObserver(telemetry.metrics), context.environment('session-observer')),
    },
    {
      name: 'alert-observer',
      start: () => runProcessor(alertObserver(telemetry.metrics), context.environment('alert-observer')),
    },
  ];
}
