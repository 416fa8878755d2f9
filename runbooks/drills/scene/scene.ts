import { rmSync } from 'node:fs';
import { type Product, type Role, startProduct, verifyData } from '@tapeclock/cli';
import { NS_PER_MS, NS_PER_SECOND } from '@tapeclock/domain';
import { type Load, type Phase, startLoad } from '@tapeclock/load-tests';
import { type Clock, sleep, systemClock } from '@tapeclock/ports';
import { openTimeline, type Timeline } from '../timeline.ts';
import { type Board, signIn } from './board.ts';
import type { AlertShown, OverviewShown, PageOf } from './board-answers.ts';
import { type FacilityDesk, facilityDesk } from './facility-desk.ts';

/** The running product, its load, and everybody who takes part in a drill. */
export interface Scene {
  readonly product: Product;
  /** The product's day. */
  readonly clock: Clock;
  readonly timeline: Timeline;
  readonly board: Board;
  readonly facility: FacilityDesk;
  /** kill -9; the supervisor replaces it. Returns the process id of the dead. */
  kill(role: Role): number;
  pause(seconds: number): Promise<void>;
  /** Asks again until there is an answer; throws when there is none in time. */
  until<Found>(what: string, look: () => Promise<Found | null>, seconds?: number): Promise<Found>;
  /** Begins to offer executions over FIX, as trading systems copy them. */
  startLoad(phases: readonly Phase[]): Promise<Load>;
  /** Of that name, as the board's page Alerts shows them; every subject is one. */
  alerts(name: string): Promise<readonly AlertShown[]>;
  overview(): Promise<OverviewShown>;
  /** Waits until all that was offered is accepted or with a person, then checks it with `verify`. */
  finish(load: Load): Promise<void>;
}

const POLL_NS = 100n * NS_PER_MS;
const PATIENCE_SECONDS = 60;
const SESSIONS = ['LOAD1', 'LOAD2', 'LOAD3', 'LOAD4'] as const;

/** Brings up the product in an empty folder, gives the scene to `play`, and takes everything down again. */
export async function withScene(
  print: (line: string) => void,
  play: (scene: Scene) => Promise<void>,
): Promise<Timeline['checks']> {
  const timeline = openTimeline(systemClock(), print);
  const product = await startProduct();
  const loads: Load[] = [];
  const killed = new Set<number>();
  let ended = false;
  try {
    timeline.note(`the product is up: ${describe(product)}`);
    await play(openScene(product, timeline, await signIn(product), { loads, killed }));
    checkDeaths(product, timeline, killed);
    ended = true;
  } finally {
    for (const load of loads) await load.stop().catch(() => {});
    await product.stop();
    const isClean = ended && timeline.checks.every(({ ok }) => ok);
    if (isClean) rmSync(product.dataDir, { recursive: true, force: true });
    else print(`the data are kept in ${product.dataDir}`);
  }
  return timeline.checks;
}

function openScene(
  product: Product,
  timeline: Timeline,
  board: Board,
  { loads, killed }: { readonly loads: Load[]; readonly killed: Set<number> },
): Scene {
  const clock = systemClock(product.clockOffsetNs);
  const scene: Scene = {
    product,
    clock,
    timeline,
    board,
    facility: facilityDesk(product),
    kill(role) {
      const pid = product.kill(role);
      killed.add(pid);
      return pid;
    },
    pause: (seconds) => sleep(clock, BigInt(Math.round(seconds * 1_000)) * NS_PER_MS),
    async until(what, look, seconds = PATIENCE_SECONDS) {
      const endNs = clock.monotonicNs() + BigInt(seconds) * NS_PER_SECOND;
      for (;;) {
        const found = await look();
        if (found !== null) return found;
        if (clock.monotonicNs() > endNs)
          throw new Error(`within ${seconds} s it did not happen that ${what}`);
        await sleep(clock, POLL_NS);
      }
    },
    async startLoad(phases) {
      const load = await startLoad({
        host: '127.0.0.1',
        port: product.ports.fix,
        senderCompIds: SESSIONS,
        password: product.fixPassword,
        phases,
        runId: `DRILL${loads.length + 1}`,
        clockOffsetNs: product.clockOffsetNs,
      });
      loads.push(load);
      return load;
    },
    async alerts(name) {
      const { items } = await board.get<PageOf<AlertShown>>('/alerts?state=all&limit=500');
      return items.filter(({ alert }) => alert === name);
    },
    overview: () => board.get<OverviewShown>('/overview'),
    async finish(load) {
      const offered = await load.offered;
      const wanted = offered.offered - offered.refused;
      await scene.until('everything offered was received and nothing is open', async () => {
        const { counts, readModel } = await scene.overview();
        const isDone = counts.received >= wanted && counts.open === 0 && readModel.lagRecords === 0;
        return isDone || null;
      });
      timeline.note(
        `${offered.offered} executions were offered on ${SESSIONS.length} FIX sessions, ${offered.refused} refused, ` +
          `${offered.reconnects} reconnects of theirs; nothing is open any more`,
      );
      const { counts, exceptions } = await verifyData(product.dataDir);
      timeline.check(
        'verify finds exactly one accepted report for each execution',
        exceptions.length === 0 && counts.executions === wanted,
        `${counts.executions} executions of ${wanted} offered, ${counts.exactlyOnce} accepted exactly once, ` +
          `${counts.rejectedWaiting} refused and replaced, ${exceptions.length} exceptions`,
      );
      for (const { code, subject, text } of exceptions.slice(0, EXCEPTIONS_SHOWN)) {
        timeline.line(`           ${code} ${subject}: ${text}`);
      }
    },
  };
  return scene;
}

function checkDeaths(product: Product, timeline: Timeline, killed: ReadonlySet<number>): void {
  const deaths = [...product.output().matchAll(/^(\w+) \((\d+)\) died of (.+)$/gm)];
  const others = deaths.filter(([, , pid]) => !killed.has(Number(pid)));
  timeline.check(
    killed.size === 0 ? 'no process died' : 'no process died but those killed',
    others.length === 0,
    others.map(([text]) => text).join('; ') || `${deaths.length} deaths`,
  );
}

const EXCEPTIONS_SHOWN = 10;

function describe({ ports, pid, dataDir }: Product): string {
  const pids = (['hot', 'watch', 'desk', 'outside'] as const)
    .map((role) => `${role} ${pid(role)}`)
    .join(', ');
  return `board on port ${ports.dashboard}, ${pids}, data in ${dataDir}`;
}
