import type { Ns } from '@tapeclock/domain';
import type { MemoryLog } from '@tapeclock/event-log';
import type { Random } from '@tapeclock/ports';
import { seededRandom, type VirtualClock, type VirtualNetwork } from '@tapeclock/ports/virtual';
import type { EventCodec } from '@tapeclock/schemas';
import type { ServiceEnvironment } from '@tapeclock/service';
import { silentTelemetry } from '@tapeclock/telemetry';
import type { Disk } from './disk.ts';
import { Life } from './life.ts';
import { mortalClock } from './mortal-clock.ts';
import { mortalLog } from './mortal-log.ts';
import { mortalNetwork } from './mortal-network.ts';
import { standbyLog } from './standby-log.ts';
import type { RunTrace } from './trace.ts';

/** What all processes of one world share. */
export interface Ground {
  readonly seed: number;
  readonly clock: VirtualClock;
  readonly network: VirtualNetwork;
  readonly log: MemoryLog;
  readonly codec: EventCodec;
  readonly trace: RunTrace;
  /** For what faults do to processes; its draws are part of the run. */
  readonly chance: Random;
}

/**
 * Prepares the services of one process for one life, touching nothing but what the log already tells, and returns what
 * starts them. Called anew for each life; of a process that has a standby, while the life before is still going on.
 */
export type PrepareServices = (environment: ServiceEnvironment, life: Life) => () => Promise<unknown>;

interface PreparedLife {
  readonly serial: number;
  readonly life: Life;
  readonly start: () => Promise<unknown>;
}

/** A group of services that live and die together on a host of their own: one log handle, one address, one disk. */
export class SimulatedProcess {
  readonly name: string;
  readonly disk: Disk;
  /** The host's wall clock minus true time; survives restarts. */
  clockOffsetNs: Ns = 0n;
  lives = 0;
  readonly #ground: Ground;
  readonly #services: PrepareServices;
  readonly #hasStandby: boolean;
  #life: Life | null = null;
  /** The next life, loaded and following the log. */
  #standby: PreparedLife | null = null;
  #downNs: Ns = RESTART_NS;
  #ended = false;

  constructor(
    name: string,
    ground: Ground,
    disk: Disk,
    services: PrepareServices,
    /** Whether a next life is prepared while this one goes on, as the supervisor's spare is. */
    hasStandby = false,
  ) {
    this.name = name;
    this.disk = disk;
    this.#ground = ground;
    this.#services = services;
    this.#hasStandby = hasStandby;
  }

  get alive(): boolean {
    return this.#life?.alive === true;
  }

  start(): void {
    if (this.alive || this.#ended) return;
    const { clock, trace } = this.#ground;
    const fromStandby = this.#standby !== null;
    const { serial, life, start } = this.#standby ?? this.#prepare();
    this.#standby = null;
    this.#life = life;
    trace.note(
      clock.monotonicNs(),
      this.name,
      `starts, life ${serial}${fromStandby ? ', from its standby' : ''}`,
    );
    // A start that fails is the end of the process, as it would be under the supervisor, which tries again.
    start().catch((error: unknown) => {
      if (!life.alive) return;
      trace.note(clock.monotonicNs(), this.name, `cannot start: ${String(error)}`);
      this.crash(RESTART_NS);
    });
    if (!this.#hasStandby) return;
    clock.after(STANDBY_AFTER_NS, () => {
      if (life.alive && this.#standby === null) this.#standby = this.#prepare();
    });
  }

  #prepare(): PreparedLife {
    const { clock, network, log, codec, trace, seed } = this.#ground;
    this.lives += 1;
    const serial = this.lives;
    const life = new Life(() => this.#died());
    const environment: ServiceEnvironment = {
      clock: mortalClock(clock, life, () => this.clockOffsetNs),
      random: seededRandom(seed ^ (serial * 7919) ^ textSeed(this.name)),
      network: mortalNetwork(network.host(this.name), life, (direction, bytes) =>
        trace.wire(clock.monotonicNs(), this.name, direction, bytes),
      ),
      files: this.disk.files(life),
      log: mortalLog(this.#hasStandby ? standbyLog(log, this.name) : log.handle(this.name), life),
      codec,
      telemetry: silentTelemetry,
      processName: this.name,
      memberId: `${this.name}-${serial}`,
      clockOffsetNs: () => this.clockOffsetNs,
    };
    return { serial, life, start: this.#services(environment, life) };
  }

  /** Kills it now and starts it again after `downNs`. */
  crash(downNs: Ns): void {
    this.#downNs = downNs;
    this.#life?.end();
  }

  /** Kills it at its n-th crossing from now, or after `patienceNs` when it does so little; starts it again. */
  crashAt(crossings: number, patienceNs: Ns, downNs: Ns): void {
    const life = this.#life;
    if (life === null || !life.alive) return;
    this.#downNs = downNs;
    life.crashAfter(crossings);
    this.#ground.clock.after(patienceNs, () => life.end());
  }

  /** Kills it for good. */
  end(): void {
    this.#ended = true;
    this.#standby?.life.discard();
    this.#life?.end();
  }

  #died(): void {
    const { clock, network, log, trace, chance } = this.#ground;
    const pending = log.pendingRecords(this.name);
    const surviving = pending === 0 ? 0 : chance.nextU32() % (pending + 1);
    log.crash(this.name, surviving);
    network.crash(this.name);
    const torn = this.disk.crash();
    trace.note(
      clock.monotonicNs(),
      this.name,
      `dies; ${surviving} of ${pending} unacknowledged records reached the log, ${torn} bytes the disk`,
    );
    clock.after(this.#downNs, () => this.start());
    this.#downNs = RESTART_NS;
  }
}

const RESTART_NS = 500_000_000n;
/** A standby is prepared when the working life has had time to begin. */
const STANDBY_AFTER_NS = 700_000_000n;

function textSeed(text: string): number {
  let seed = 0;
  for (const character of text) seed = Math.imul(seed, 31) + character.charCodeAt(0);
  return seed >>> 0;
}
