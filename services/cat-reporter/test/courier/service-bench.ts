/** The whole service on a log in memory and a virtual clock. */
import { memoryEventLog } from '@tapeclock/event-log';
import {
  memoryFileStore,
  seededRandom,
  type VirtualClock,
  virtualClock,
  virtualNetwork,
} from '@tapeclock/ports/virtual';
import {
  type AnyEvent,
  createEventCodec,
  type EventName,
  type EventTypes,
  embeddedRegistry,
  releasedSchemas,
  topicDeclarations,
} from '@tapeclock/schemas';
import type { RunningService } from '@tapeclock/service';
import { silentTelemetry } from '@tapeclock/telemetry';
import { type CatReporterConfig, startCatReporter, wasmBzip2 } from '../../src/index.ts';
import { accepted, at, config as baseConfig, reportable, type TradeChange } from '../trade-events.ts';
import { type FakeCat, fakeCat } from './fake-cat.ts';

const codec = await createEventCodec(embeddedRegistry(), releasedSchemas);
export const bzip2 = await wasmBzip2();

export interface ServiceBench {
  readonly clock: VirtualClock;
  readonly cat: FakeCat;
  start(): Promise<RunningService>;
  /** Kills the process: nothing it had in hand goes on. */
  kill(): void;
  report(change?: TradeChange): Promise<void>;
  events<Name extends EventName>(type: Name): EventTypes[Name][];
  uploaded(): string[];
}

export function serviceBench(change: Partial<CatReporterConfig> = {}): ServiceBench {
  const clock = virtualClock(at('20261124T100100.000'));
  const log = memoryEventLog({ clock, topics: topicDeclarations });
  const cat = fakeCat();
  const random = seededRandom(1);
  let lives = 0;
  const source = log.handle('source');
  return {
    clock,
    cat,
    async start() {
      lives += 1;
      return startCatReporter(
        {
          clock,
          random,
          network: virtualNetwork({ clock, random }).host('desk'),
          files: memoryFileStore(),
          log: log.handle('desk'),
          codec,
          telemetry: silentTelemetry,
          processName: 'desk',
          memberId: `desk-${lives}`,
        },
        { ...baseConfig, ...change },
        { transport: cat, bzip2 },
      );
    },
    kill: () => log.crash('desk'),
    async report(trade) {
      const event = reportable(trade);
      await source.append([
        codec.record('TradeReportable', event),
        codec.record('ReportAccepted', accepted(event)),
      ]);
    },
    events: (type) =>
      topicDeclarations
        .flatMap(({ name }) => log.records(name))
        .map(({ value }) => codec.decode(value) as AnyEvent)
        .filter((event) => event.type === type)
        .map(({ event }) => event) as never,
    uploaded: () => cat.uploads.filter((path) => path.endsWith('.json.bz2')).map((path) => path.slice(8)),
  };
}
