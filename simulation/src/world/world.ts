import { memoryEventLog } from '@tapeclock/event-log';
import { seededRandom, virtualClock, virtualNetwork } from '@tapeclock/ports/virtual';
import { type AnyEvent, topicDeclarations } from '@tapeclock/schemas';
import type { Mutation } from '../mutations/mutation.ts';
import { DeskHouse, type ModelRows } from './desk-house.ts';
import { disk } from './disk.ts';
import { FacilityHouse } from './facility-house.ts';
import type { Layout, Part } from './layout.ts';
import { type PreparePart, prepareParts } from './parts.ts';
import type { Product } from './product.ts';
import { type Ground, type PrepareServices, SimulatedProcess } from './simulated-process.ts';
import { runTrace } from './trace.ts';
import { type SourceSession, TradingSystem } from './trading-system.ts';

export interface WorldOptions {
  readonly seed: number;
  readonly product: Product;
  readonly layout: Layout;
  /** Whether the facility refuses a known report id; without it a second report is taken, and nothing protects us. */
  readonly duplicateDetection: boolean;
  /** Whether the processes on a trade's way and the watch over it have their next life ready, as under the supervisor. */
  readonly standbys: boolean;
  readonly keepTrace: boolean;
  /** A bug to be found; none in an honest run. */
  readonly mutation?: Mutation;
}

const SESSIONS: readonly SourceSession[] = [
  { sessionId: 'ALPHA-1', senderCompId: 'ALPHA1', source: 'ALPHA' },
  { sessionId: 'ALPHA-2', senderCompId: 'ALPHA2', source: 'ALPHA' },
  { sessionId: 'BETA-1', senderCompId: 'BETA1', source: 'BETA' },
];

const HAVE_STANDBYS: ReadonlySet<string> = new Set([
  'hot',
  'gateway',
  'enrichment',
  'reporter',
  'spare',
  'watch',
  'watch-2',
]);

/** Enough for a read model to take in a run's whole log. */
const REPLAY_NS = 10_000_000_000n;

/** The whole pipeline in one Node process on virtual time: everything that a run can look at or break. */
export class World {
  readonly options: WorldOptions;
  readonly ground: Ground;
  readonly processes = new Map<string, SimulatedProcess>();
  readonly systems: readonly TradingSystem[];
  readonly facility: FacilityHouse;
  readonly desk = new DeskHouse();
  /** Multiplies every latency of the network. */
  slowness = 1n;
  readonly startNs: bigint;

  constructor(options: WorldOptions) {
    const { seed, product, layout } = options;
    this.options = options;
    const clock = virtualClock();
    this.startNs = clock.monotonicNs();
    const wire = seededRandom(seed ^ 0x11);
    const diskPace = seededRandom(seed ^ 0x22);
    const network = virtualNetwork({
      clock,
      random: wire,
      latencyNs: () => (100_000n + BigInt(wire.nextU32() % 900_000)) * this.slowness,
    });
    const log = memoryEventLog({
      clock,
      topics: topicDeclarations,
      appendDelayNs: () => 200_000n + BigInt(diskPace.nextU32() % 1_800_000),
    });
    this.ground = {
      seed,
      clock,
      network,
      log,
      codec: product.codec,
      trace: runTrace(this.startNs, options.keepTrace),
      chance: seededRandom(seed ^ 0x33),
    };
    this.facility = new FacilityHouse(options.duplicateDetection);
    this.systems = SESSIONS.map((session) => new TradingSystem(session));
    const { alter = (_part: Part, unaltered: PreparePart) => unaltered, settings = {} } =
      options.mutation ?? {};
    const prepare = prepareParts({
      product,
      sessions: SESSIONS,
      facility: this.facility,
      desk: this.desk,
      settings,
    });
    for (const [name, parts] of Object.entries(layout.processes)) {
      const services: PrepareServices = (environment) => {
        const starts = parts.map((part) => alter(part, prepare[part], product.codec)(environment));
        return () => Promise.all(starts.map((start) => start()));
      };
      this.#add(name, services, options.standbys && HAVE_STANDBYS.has(name));
    }
    for (const system of this.systems) {
      this.#add(
        system.session.senderCompId.toLowerCase(),
        (environment, life) => () => system.start(environment, life),
      );
    }
  }

  start(): void {
    for (const process of this.processes.values()) process.start();
  }

  /** Events of one topic, decoded: partition after partition, in their order on the log. */
  events(topic: string): AnyEvent[] {
    const { log, codec } = this.ground;
    return log.records(topic).map(({ value }) => codec.decode(value));
  }

  process(name: string): SimulatedProcess {
    const process = this.processes.get(name);
    if (process === undefined) throw new Error(`no process ${name} in layout ${this.options.layout.name}`);
    return process;
  }

  /** The facility's own word on what it has done. */
  journal(): Uint8Array {
    return this.process('facility').disk.contents('facility-journal.jsonl');
  }

  /** The read model as it was kept, and one that is built from the log now. */
  async readModels(): Promise<readonly [kept: ModelRows | null, anew: ModelRows]> {
    const { clock } = this.ground;
    const second = new DeskHouse();
    const replay = new SimulatedProcess(
      'replay',
      { ...this.ground, trace: runTrace(this.startNs, false) },
      disk(clock, seededRandom(0)),
      (environment) => () => second.start(environment),
    );
    replay.start();
    await clock.advance(REPLAY_NS);
    const anew = (await second.rows()) ?? {};
    await second.end();
    return [await this.desk.rows(), anew];
  }

  /** Nothing runs any more. */
  async end(): Promise<void> {
    for (const process of this.processes.values()) process.end();
    await this.desk.end();
  }

  #add(name: string, services: PrepareServices, hasStandby = false): void {
    const { clock, seed } = this.ground;
    const ownDisk = disk(clock, seededRandom(seed ^ 0x44 ^ (this.processes.size << 8)));
    this.processes.set(name, new SimulatedProcess(name, this.ground, ownDisk, services, hasStandby));
  }
}
