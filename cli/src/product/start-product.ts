import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NS_PER_MS, NS_PER_SECOND, type Ns } from '@tapeclock/domain';
import { diskFileStore, sleep, systemClock, systemRandom } from '@tapeclock/ports';
import { loadRulebook } from '@tapeclock/service';
import { dataDirectory } from '../data-directory.ts';
import { startDemoClock } from '../demo-clock/demo-clock.ts';
import { demoCredentials } from '../demo-credentials.ts';
import { RULEBOOK_FOLDER } from '../product-folders.ts';
import { freePorts } from '../supervisor/free-ports.ts';
import { ROLES, type Role } from '../supervisor/messages.ts';
import { type Supervisor, supervise } from '../supervisor/supervise.ts';
import { tradingCalendar } from '../trading-calendar.ts';

/** Ports by the setting that names them. */
const PORT_VARIABLES = {
  dashboard: 'TAPECLOCK_DASHBOARD_PORT',
  rest: 'TAPECLOCK_REST_GATEWAY_PORT',
  fix: 'TAPECLOCK_FIX_GATEWAY_PORT',
  facility: 'TAPECLOCK_FACILITY_PORT',
  cat: 'TAPECLOCK_CAT_PORT',
  control: 'TAPECLOCK_SIMULATOR_CONTROL_PORT',
  hotHealth: 'TAPECLOCK_HEALTH_HOT_PORT',
  watchHealth: 'TAPECLOCK_HEALTH_WATCH_PORT',
  deskHealth: 'TAPECLOCK_HEALTH_DESK_PORT',
  outsideHealth: 'TAPECLOCK_HEALTH_OUTSIDE_PORT',
} as const;
export type ProductPort = keyof typeof PORT_VARIABLES;

export interface ProductOptions {
  /** @default a new temporary folder, which the caller removes */
  readonly dataDir?: string;
  /** Ports that must be these; the others are any free ones. */
  readonly ports?: Partial<Record<ProductPort, number>>;
  /** Further settings, by variable. */
  readonly variables?: Readonly<Record<string, string>>;
  /** Executions that the demo feed makes per second. @default 0: none */
  readonly demoRate?: number;
  /** @default all four */
  readonly roles?: readonly Role[];
  /** @default true */
  readonly spare?: boolean;
  /** What the processes write; by default kept and shown only in errors. */
  readonly onOutput?: (role: Role, text: string) => void;
}

/** The whole product, running on this machine as `npm start` runs it, for drills, benches and tests. */
export interface Product {
  readonly dataDir: string;
  /** What the simulated facility wrote down, one JSON line each. */
  readonly facilityJournal: string;
  readonly ports: Readonly<Record<ProductPort, number>>;
  /** Shifts `systemClock` to the product's day. */
  readonly clockOffsetNs: Ns;
  /** Bearer key of the REST source DEMO-OMS. */
  readonly restKey: string;
  /** Password (554) of the demo FIX sessions, see `demoSessions`. */
  readonly fixPassword: string;
  /** Seeded accounts of the board whose passwords were made by this start: name → password. */
  readonly passwords: ReadonlyMap<string, string>;
  readonly output: () => string;
  pid(role: Role): number;
  /** SIGKILL to the working process of that name; the supervisor replaces it. Returns its process id. */
  kill(role: Role): number;
  /** Resolves once that process, under another id than `notPid`, says it is ready. Rejects after `timeoutMs`. */
  untilReady(role: Role, notPid?: number, timeoutMs?: number): Promise<void>;
  stop(): Promise<void>;
}

const OUTPUT_KEPT = 200_000;
const READY_TIMEOUT_MS = 30_000;
const POLL_NS = 5n * NS_PER_MS;
const LOOPBACK = '127.0.0.1';

/** Starts the product and waits until every process is ready. Rejects with what they wrote when they are not in 30 s. */
export async function startProduct(options: ProductOptions = {}): Promise<Product> {
  const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), 'tapeclock-'));
  const data = dataDirectory(dataDir);
  const names = Object.keys(PORT_VARIABLES) as ProductPort[];
  const free = await freePorts(LOOPBACK, names.length);
  const ports = Object.fromEntries(
    names.map((name, index) => [name, options.ports?.[name] ?? free[index] ?? 0]),
  ) as Record<ProductPort, number>;
  const files = diskFileStore(data.root);
  const clock = systemClock();
  const calendar = tradingCalendar(await loadRulebook(RULEBOOK_FOLDER));
  const demoClock = await startDemoClock(files, calendar.isFullDay);
  const { restKey, fixPassword } = await demoCredentials(files, systemRandom);

  let output = '';
  const passwords = new Map<string, string>();
  const keep = (role: Role, text: string): void => {
    options.onOutput?.(role, text);
    output = (output + text).slice(-OUTPUT_KEPT);
  };
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('TAPECLOCK_'));
  const supervisor: Supervisor = supervise({
    roles: options.roles ?? ROLES,
    clockOffsetNs: demoClock.offsetNs,
    spare: options.spare ?? true,
    variables: {
      ...Object.fromEntries(inherited),
      ...Object.fromEntries(names.map((name) => [PORT_VARIABLES[name], String(ports[name])])),
      TAPECLOCK_DATA: data.root,
      TAPECLOCK_DEMO_ENABLED: String((options.demoRate ?? 0) > 0),
      TAPECLOCK_DEMO_RATE: String(options.demoRate ?? 0),
      ...options.variables,
    },
    onOutput: keep,
    onNotice(role, text) {
      const account = /^account (\S+), password (\S+)/.exec(text);
      if (account !== null) passwords.set(account[1] ?? '', account[2] ?? '');
      keep(role, `${text}\n`);
    },
    onDeath: (role, { pid, how }) => keep(role, `${role} (${pid}) died of ${how}\n`),
  });
  const stop = async (): Promise<void> => {
    await supervisor.stop();
    await demoClock.stop();
  };
  const until = async (done: () => boolean, what: string, timeoutMs: number): Promise<void> => {
    const endNs = clock.monotonicNs() + BigInt(timeoutMs) * NS_PER_MS;
    while (!done()) {
      if (clock.monotonicNs() > endNs) throw new Error(`${what} within ${timeoutMs} ms; output:\n${output}`);
      await sleep(clock, POLL_NS);
    }
  };
  const patience = new AbortController();
  const timeout = sleep(clock, BigInt(READY_TIMEOUT_MS / 1000) * NS_PER_SECOND, patience.signal).then(
    () => 'late' as const,
    () => 'cancelled' as const,
  );
  const first = await Promise.race([supervisor.ready.then(() => 'ready' as const), timeout]);
  patience.abort();
  if (first !== 'ready') {
    supervisor.abort();
    await stop();
    throw new Error(`the product was not ready within ${READY_TIMEOUT_MS} ms; output:\n${output}`);
  }
  return {
    dataDir: data.root,
    facilityJournal: data.facilityJournal,
    ports,
    clockOffsetNs: demoClock.offsetNs,
    restKey,
    fixPassword,
    passwords,
    output: () => output,
    pid: supervisor.pid,
    kill(role) {
      const pid = supervisor.pid(role);
      supervisor.kill(role, 'SIGKILL');
      return pid;
    },
    untilReady: (role, notPid = 0, timeoutMs = READY_TIMEOUT_MS) =>
      until(
        () => supervisor.isReady(role) && supervisor.pid(role) !== notPid,
        `${role} was not ready`,
        timeoutMs,
      ),
    stop,
  };
}
