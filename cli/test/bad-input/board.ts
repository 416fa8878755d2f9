import assert from 'node:assert/strict';
import type { Product } from '../../src/product/start-product.ts';
import type { IssueShown } from './world.ts';

export interface RepairShown {
  readonly repairId: string;
  readonly state: string;
  readonly stage: string;
  readonly resolution: string | null;
  readonly source: string;
  readonly sourceExecutionId: string;
  readonly channel: string;
  readonly action: string;
  readonly issues: readonly IssueShown[];
  readonly dueAt: string | null;
  readonly openedAtMs: number;
  readonly actor: string | null;
}
export interface RepairOpenedShown {
  readonly repair: RepairShown;
  readonly fields: Readonly<Record<string, string | null>>;
  readonly original: { readonly format: string; readonly text: string; readonly hex: string };
}
export interface TradeShown {
  readonly executionId: string;
  readonly sourceExecutionId: string;
  readonly revision: number;
  readonly action: string;
  readonly state: string;
  readonly receivedAt: string | null;
  readonly executedAt: string | null;
}
export interface DeadLetterShown {
  readonly service: string;
  readonly topic: string;
  readonly code: string;
  readonly text: string;
  readonly raw: { readonly hex: string };
}

/** The board's HTTP API as the officer of this product, signed in as the browser is. */
export interface Board {
  get<Found>(path: string): Promise<Found>;
  text(path: string): Promise<string>;
  act(path: string, body: unknown): Promise<{ readonly status: number; readonly body: unknown }>;
  trades(q: string): Promise<readonly TradeShown[]>;
  repairs(): Promise<readonly RepairShown[]>;
  repair(repairId: string): Promise<RepairOpenedShown>;
}

export async function openBoard(product: Product): Promise<Board> {
  const base = `http://127.0.0.1:${product.ports.dashboard}`;
  const guard = { 'x-tapeclock-board': '1', 'content-type': 'application/json' };
  const signIn = await fetch(`${base}/api/session`, {
    method: 'POST',
    headers: guard,
    body: JSON.stringify({ name: 'officer', password: product.passwords.get('officer') }),
  });
  assert.equal(signIn.status, 200, await signIn.text());
  const cookie = (signIn.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  const fetched = async (path: string): Promise<Response> => {
    const response = await fetch(`${base}${path}`, { headers: { cookie } });
    assert.equal(response.status, 200, `${path}: ${response.status}`);
    return response;
  };
  const get = async <Found>(path: string): Promise<Found> => (await fetched(path)).json() as Promise<Found>;
  return {
    get,
    text: async (path) => (await fetched(path)).text(),
    async act(path, body) {
      const response = await fetch(`${base}${path}`, {
        method: 'POST',
        headers: { ...guard, cookie },
        body: JSON.stringify(body),
      });
      return { status: response.status, body: await response.json() };
    },
    trades: async (q) => (await get<{ items: TradeShown[] }>(`/api/trades?q=${encodeURIComponent(q)}`)).items,
    repairs: async () => (await get<{ items: RepairShown[] }>('/api/repairs?state=all&limit=500')).items,
    repair: (repairId) => get<RepairOpenedShown>(`/api/repairs/${repairId}`),
  };
}
