import assert from 'node:assert/strict';
import { rfc3339FromNs } from '@tapeclock/domain';
import { type Clock, sleep, systemClock } from '@tapeclock/ports';
import type { Product } from '../../src/product/start-product.ts';
import { type Board, openBoard } from './board.ts';

/** A record as a REST client writes it. */
export type Body = Readonly<Record<string, unknown>>;

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: {
    readonly code?: string;
    readonly status?: unknown;
    readonly detail?: string;
    readonly action?: string;
    readonly issues?: readonly IssueShown[];
    readonly taken?: Readonly<Record<string, number>>;
    readonly [name: string]: unknown;
  };
}

export interface IssueShown {
  readonly code: string;
  readonly field: string;
  readonly value: string;
  readonly message: string;
  readonly action: string;
}

/** The running product as its clients see it: a REST source, the board, and time to wait for what must come. */
export interface World {
  readonly product: Product;
  /** The product's day. */
  readonly clock: Clock;
  readonly board: Board;
  /** Source execution ids of every execution that must end with exactly one accepted report. */
  readonly good: string[];
  id(): string;
  /** Nothing wrong with it but what `over` puts wrong; `undefined` leaves a field out. */
  execution(over?: Body): { readonly executionId: string } & Body;
  post(path: string, body: string | Uint8Array, headers?: Readonly<Record<string, string>>): Promise<Answer>;
  send(record: Body): Promise<Answer>;
  /** Polls until `look` gives something; fails after the bound, naming what was waited for. */
  until<Found>(what: string, look: () => Promise<Found | null | undefined | false>): Promise<Found>;
  /** The stream goes on: an execution sent now is accepted by the facility. */
  goesOn(): Promise<void>;
}

const POLL_NS = 10_000_000n;
const BOUND_NS = 10_000_000_000n;

export async function openWorld(product: Product): Promise<World> {
  const clock = systemClock(product.clockOffsetNs);
  const good: string[] = [];
  const run = clock.nowNs().toString(36).toUpperCase();
  let count = 0;
  const world: World = {
    product,
    clock,
    board: await openBoard(product),
    good,
    id() {
      count += 1;
      return `B${run}-${count}`;
    },
    execution: (over = {}) => ({
      executionId: world.id(),
      symbol: 'AAPL',
      side: 'B',
      quantity: '100',
      price: '231.25',
      executedAt: rfc3339FromNs(clock.nowNs()),
      mpid: 'TCLK',
      contraMpid: 'ALPB',
      capacity: 'P',
      executingParty: 'Y',
      ...over,
    }),
    async post(path, body, headers = {}) {
      const response = await fetch(`http://127.0.0.1:${product.ports.rest}${path}`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${product.restKey}`,
          'content-type': 'application/json',
          ...headers,
        },
        body,
      });
      const text = await response.text();
      return { status: response.status, headers: response.headers, body: JSON.parse(text) };
    },
    send: (record) => world.post('/v1/executions', JSON.stringify(record)),
    async until(what, look) {
      const endNs = clock.monotonicNs() + BOUND_NS;
      for (;;) {
        const found = await look();
        if (found !== null && found !== undefined && found !== false) return found;
        assert.ok(clock.monotonicNs() < endNs, `${what} did not come; output:\n${product.output()}`);
        await sleep(clock, POLL_NS);
      }
    },
    async goesOn() {
      const record = world.execution();
      const { status, body } = await world.send(record);
      assert.equal(status, 202, JSON.stringify(body));
      await accepted(world, record.executionId);
    },
  };
  return world;
}

/** Waits until the facility has accepted the report of this execution, and counts it among the good. */
export async function accepted(world: World, sourceExecutionId: string): Promise<void> {
  world.good.push(sourceExecutionId);
  await world.until(`acceptance of ${sourceExecutionId}`, () => acceptance(world, sourceExecutionId));
}

async function acceptance({ board }: World, sourceExecutionId: string): Promise<boolean> {
  const trades = await board.trades(sourceExecutionId);
  return trades.some((trade) => trade.sourceExecutionId === sourceExecutionId && trade.state === 'ACCEPTED');
}
