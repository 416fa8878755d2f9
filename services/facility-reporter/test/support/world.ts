// The whole service on virtual time: memory log, virtual network, a facility of the test's own.
import { type EventLog, type LogRecord, type MemoryLog, memoryEventLog } from '@tapeclock/event-log';
import {
  memoryFileStore,
  seededRandom,
  type VirtualClock,
  type VirtualNetwork,
  virtualClock,
  virtualNetwork,
} from '@tapeclock/ports/virtual';
import {
  type AnyEvent,
  createEventCodec,
  type EventTypes,
  embeddedRegistry,
  releasedSchemas,
  type TradeReportable,
  topicDeclarations,
} from '@tapeclock/schemas';
import { loadRulebook, type RunningService, type ServiceEnvironment } from '@tapeclock/service';
import { silentTelemetry } from '@tapeclock/telemetry';
import {
  type FacilityReporterConfig,
  facilitySessions,
  type PreparedReporter,
  prepareFacilityReporter,
  startFacilityReporter,
} from '../../src/index.ts';
import { FakeFacility } from './fake-facility.ts';
import { MS } from './samples.ts';

const rulebook = await loadRulebook(new URL('../../../../rulebook', import.meta.url).pathname);
export const codec = await createEventCodec(embeddedRegistry(), releasedSchemas);

export class World {
  readonly clock: VirtualClock = virtualClock();
  readonly random = seededRandom(7);
  readonly network: VirtualNetwork = virtualNetwork({ clock: this.clock, random: this.random });
  readonly log: MemoryLog = memoryEventLog({
    clock: this.clock,
    topics: topicDeclarations,
    appendDelayNs: MS,
  });
  readonly facility = new FakeFacility(this.clock);
  readonly source = this.log.handle('enrichment');
  #lives = 0;

  async open(): Promise<void> {
    await this.facility.listen(this.network.host('facility'));
  }

  /** Starts a reporter in the process `name`; after a crash, its next life. */
  async start(name = 'hot', config: Partial<FacilityReporterConfig> = {}): Promise<RunningService> {
    const starting = startFacilityReporter(...this.#lifeOf(name, config));
    await this.clock.advance(3_000n * MS);
    return starting;
  }

  /** A reporter in the process `name` that reads ahead; every read of the log is told to `onRead`. */
  prepare(name: string, onRead: (topic: string, records: number) => void): PreparedReporter {
    const [environment, config] = this.#lifeOf(name, {});
    const { log } = environment;
    const read: EventLog['read'] = async (topic, ...rest) => {
      const records = await log.read(topic, ...rest);
      onRead(topic, records.length);
      return records;
    };
    return prepareFacilityReporter({ ...environment, log: { ...log, read } }, config);
  }

  #lifeOf(
    name: string,
    config: Partial<FacilityReporterConfig>,
  ): [ServiceEnvironment, FacilityReporterConfig] {
    this.#lives += 1;
    const environment = {
      clock: this.clock,
      random: this.random,
      network: this.network.host(name),
      files: memoryFileStore(),
      log: this.log.handle(name),
      codec,
      telemetry: silentTelemetry,
      processName: name,
      memberId: `${name}-${this.#lives}`,
    };
    const sessions = facilitySessions({ host: '127.0.0.1', port: 9881, instance: name.toUpperCase() }).filter(
      ({ facility }) => facility === 'ADF',
    );
    return [environment, { rulebook, sessions, ...config }];
  }

  crash(name = 'hot'): void {
    this.network.crash(name);
    this.log.crash(name);
  }

  async trade(...trades: readonly TradeReportable[]): Promise<void> {
    const appended = this.source.append(trades.map((trade) => codec.record('TradeReportable', trade)));
    await this.clock.advance(2n * MS);
    await appended;
  }

  of<Name extends AnyEvent['type']>(type: Name): EventTypes[Name][] {
    return ['reports.outcome', 'executions.rejected', 'obligations.alerts', 'system.status'].flatMap(
      (topic) =>
        this.log.records(topic).flatMap((record: LogRecord) => {
          const decoded = codec.decode(record.value);
          return decoded.type === type ? [decoded.event as EventTypes[Name]] : [];
        }),
    );
  }
}

export async function world(): Promise<World> {
  const made = new World();
  await made.open();
  return made;
}
