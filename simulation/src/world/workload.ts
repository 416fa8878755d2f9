import { formatDecimal, type Ns } from '@tapeclock/domain';
import { type Field, formatUtcTimestamp } from '@tapeclock/fix';
import type { Random } from '@tapeclock/ports';
import { MPID } from './parts.ts';
import type { World } from './world.ts';

const SYMBOLS = ['AAPL', 'MSFT', 'NVDA', 'AMZN', 'JPM', 'AMD', 'ADDYY', 'BASFY'] as const;
const CONTRAS = ['ALPB', 'BRCH', 'CNDR', 'DRFT'] as const;

interface Trade {
  readonly source: string;
  readonly id: string;
  readonly fields: readonly Field[];
}

export interface WorkloadOptions {
  readonly random: Random;
  readonly executions: number;
  readonly fromNs: Ns;
  readonly untilNs: Ns;
}

/**
 * What the trading systems do: executions spread over the time, busts and corrections of some, mistakes, and the same
 * execution told twice over two connections, in whatever order they arrive.
 */
export class Workload {
  readonly #world: World;
  readonly #random: Random;
  readonly #trades: Trade[] = [];
  #serial = 0;

  constructor(world: World, options: WorkloadOptions) {
    this.#world = world;
    this.#random = options.random;
    const { clock } = world.ground;
    const spanMs = Number((options.untilNs - options.fromNs) / 1_000_000n);
    for (let i = 0; i < options.executions; i += 1) {
      const delayNs = options.fromNs + BigInt(this.#random.nextU32() % spanMs) * 1_000_000n;
      clock.after(delayNs, () => this.#act());
    }
  }

  /** Many new executions at once. */
  burst(count: number): void {
    const { clock } = this.#world.ground;
    for (let i = 0; i < count; i += 1) {
      clock.after(BigInt(this.#random.nextU32() % 200) * 1_000_000n, () => this.#trade());
    }
  }

  #act(): void {
    const dice = this.#random.nextU32() % 100;
    const target = this.#trades[this.#random.nextU32() % Math.max(1, this.#trades.length)];
    if (dice < 6 && target !== undefined) this.#amend(target, 'H');
    else if (dice < 12 && target !== undefined) this.#amend(target, 'G');
    else if (dice < 16 && target !== undefined) this.#tell(target.source, target.id, target.fields);
    else this.#trade();
  }

  #trade(): void {
    const source = this.#random.nextU32() % 3 === 0 ? 'BETA' : 'ALPHA';
    const id = this.#nextId();
    const nowNs = this.#nowAt(source);
    const tens = BigInt(this.#random.nextU32() % 5_000);
    const fields: Field[] = [
      [37, `O${id}`],
      [17, id],
      [150, 'F'],
      [39, '2'],
      [55, this.#pick(SYMBOLS)],
      [54, this.#pick(['1', '2', '2', '5'])],
      [32, String(100 * (1 + (this.#random.nextU32() % 20)))],
      [31, formatDecimal(1_000_000n + tens * 10n, 4)],
      [60, formatUtcTimestamp(nowNs, 9)],
      [528, 'P'],
      [453, '2'],
      [448, MPID],
      [447, 'C'],
      [452, '1'],
      [448, this.#pick(CONTRAS)],
      [447, 'C'],
      [452, '17'],
    ];
    const spoilt = this.#random.nextU32() % 100 < 4 ? spoil(fields, this.#random) : fields;
    if (spoilt === fields) this.#trades.push({ source, id, fields });
    this.#tell(source, id, spoilt);
    // The other session of the same system tells it too, sometimes before the first one gets through.
    if (source === 'ALPHA' && this.#random.nextU32() % 100 < 12) this.#tell(source, id, spoilt);
  }

  #amend(target: Trade, execType: 'G' | 'H'): void {
    const id = this.#nextId();
    const nowNs = this.#nowAt(target.source);
    const fields = target.fields.flatMap(([tag, value]): Field[] => {
      switch (tag) {
        case 17:
          return [
            [17, id],
            [19, target.id],
          ];
        case 150:
          return [[150, execType]];
        case 31:
          return [[31, execType === 'G' ? '101.25' : value]];
        case 60:
          return [[60, execType === 'H' ? formatUtcTimestamp(nowNs, 9) : value]];
        default:
          return [[tag, value]];
      }
    });
    this.#tell(target.source, id, fields);
  }

  #tell(source: string, id: string, fields: readonly Field[]): void {
    const systems = this.#world.systems.filter(({ session }) => session.source === source);
    const system = systems[this.#random.nextU32() % systems.length];
    system?.submit(id, '8', fields);
  }

  #nowAt(source: string): Ns {
    const system = this.#world.systems.find(({ session }) => session.source === source);
    const host = this.#world.process(system?.session.senderCompId.toLowerCase() ?? '');
    return this.#world.ground.clock.nowNs() + host.clockOffsetNs;
  }

  #nextId(): string {
    this.#serial += 1;
    return `E${this.#serial}`;
  }

  #pick<T>(from: readonly T[]): T {
    return from[this.#random.nextU32() % from.length] as T;
  }
}

/** A mistake such as sources make. */
function spoil(fields: readonly Field[], random: Random): readonly Field[] {
  const kind = random.nextU32() % 3;
  if (kind === 0) return fields.map((field): Field => (field[0] === 55 ? [55, 'ZZZZQ'] : field));
  if (kind === 1) return fields.filter(([tag]) => tag !== 60);
  return fields.map((field): Field => (field[0] === 31 ? [31, '0'] : field));
}
