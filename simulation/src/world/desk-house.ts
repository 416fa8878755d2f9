import { type RunningCompliance, startCompliance } from '@tapeclock/compliance';
import type { ServiceEnvironment } from '@tapeclock/service';

/** Rows of each list that the board shows, as text, so that two models can be compared. */
export type ModelRows = Readonly<Record<string, readonly string[]>>;

/** The read model of one life. In memory: each life builds it anew, one after a crash by replay. */
export class DeskHouse {
  #running: RunningCompliance | null = null;

  async start(environment: ServiceEnvironment): Promise<void> {
    this.#running = null;
    this.#running = await startCompliance(environment, { readModelFile: ':memory:', http: null });
  }

  /** What the living model shows; null where none runs. */
  async rows(): Promise<ModelRows | null> {
    return this.#running === null ? null : rowsOf(this.#running.model);
  }

  async end(): Promise<void> {
    await this.#running?.model.close();
    this.#running = null;
  }
}

const ALL = { limit: 100_000 } as const;

async function rowsOf({ queries }: RunningCompliance['model']): Promise<ModelRows> {
  return {
    trades: textOf((await queries.trades(ALL)).rows),
    repairs: textOf((await queries.repairs(ALL)).rows),
    alerts: textOf((await queries.alerts(ALL)).rows),
    'in doubt': textOf((await queries.inDoubt(ALL)).rows),
    late: textOf((await queries.late(ALL)).rows),
    deadLetters: textOf((await queries.deadLetters(ALL)).rows),
    deskActions: textOf((await queries.deskActions(ALL)).rows),
    sessions: textOf(await queries.sessions()),
    forecasts: textOf(await queries.forecasts()),
    totals: textOf(await queries.totals()),
  };
}

function textOf(rows: readonly unknown[]): readonly string[] {
  return rows
    .map((row) => JSON.stringify(row, (_name, value) => (typeof value === 'bigint' ? `${value}n` : value)))
    .sort();
}
