import { easternText, NS_PER_SECOND } from '@tapeclock/domain';
import { diskFileStore, systemClock, systemRandom } from '@tapeclock/ports';
import { loadConfig, loadRulebook, printConfig } from '@tapeclock/service';
import { dataDirectory } from '../data-directory.ts';
import { startDemoClock } from '../demo-clock/demo-clock.ts';
import { demoCredentials } from '../demo-credentials.ts';
import { exposureOf } from '../exposure.ts';
import { buildBoard } from '../product/build-board.ts';
import { rulebookFolder, WEB_FOLDER } from '../product-folders.ts';
import { type Config, DECLARATIONS } from '../settings.ts';
import { takenPorts } from '../supervisor/free-ports.ts';
import { ROLES } from '../supervisor/messages.ts';
import { supervise } from '../supervisor/supervise.ts';
import { tradingCalendar } from '../trading-calendar.ts';
import { readOptions } from '../usage-error.ts';

const USAGE = `usage: tapeclock start [options]
  --rate <n>       made-up executions per second
  --no-demo        no made-up executions
  --data <folder>  data directory
  --print-config   show the configuration in force and end
Settings: docs/reference/config.md`;

/** A second signal this soon is the same ctrl-C: the terminal and npm both pass it on. */
const SAME_SIGNAL_NS = NS_PER_SECOND;

/** Runs the product until ctrl-C. */
export async function start(argv: readonly string[]): Promise<number> {
  const { values } = readOptions(
    argv,
    {
      rate: { type: 'string' },
      'no-demo': { type: 'boolean' },
      data: { type: 'string' },
      'print-config': { type: 'boolean' },
    },
    USAGE,
  );
  if (values.help === true) {
    console.log(USAGE);
    return 0;
  }
  const variables: NodeJS.ProcessEnv = { ...process.env };
  if (values.rate !== undefined) variables.TAPECLOCK_DEMO_RATE = values.rate;
  if (values['no-demo'] === true) variables.TAPECLOCK_DEMO_ENABLED = 'false';
  if (values.data !== undefined) variables.TAPECLOCK_DATA = values.data;
  const config = loadConfig(DECLARATIONS, variables, process.cwd());
  if (values['print-config'] === true) {
    process.stdout.write(printConfig(DECLARATIONS, config));
    return 0;
  }
  const exposure = exposureOf(config);
  const taken = await takenPorts(config.listen.host, portsOf(config));
  if (taken.length > 0) {
    console.error(taken.join('\n'));
    return 1;
  }
  const data = dataDirectory(config.data.folder);
  variables.TAPECLOCK_DATA = data.root;
  await buildBoard(WEB_FOLDER);

  const files = diskFileStore(data.root);
  const calendar = tradingCalendar(await loadRulebook(rulebookFolder(config)));
  const demoClock = config.demo.clock ? await startDemoClock(files, calendar.isFullDay) : null;
  const clock = systemClock(demoClock?.offsetNs ?? 0n);
  const { restKey, fixPassword } = await demoCredentials(files, systemRandom);
  const supervisor = supervise({
    roles: ROLES.filter((role) => role !== 'outside' || config.simulator.enabled || config.demo.enabled),
    clockOffsetNs: demoClock?.offsetNs ?? 0n,
    variables,
    spare: config.supervisor.spare,
    onNotice: (_role, text) => console.log(text),
    onDeath(role, { pid, how, delayNs }) {
      const when = delayNs === 0n ? 'at once' : `in ${delayNs / 1_000_000n} ms`;
      console.error(`process ${role} (${pid}) died of ${how}; started again ${when}`);
    },
  });
  void supervisor.ready.then(() => {
    const { host } = config.listen;
    const scheme = exposure.listen === null ? 'http' : 'https';
    console.log(
      [
        `board     ${scheme}://${host}:${config.dashboard.port}/`,
        `REST      ${scheme}://${host}:${config.restGateway.port}/  (${restAccess(config, restKey)})`,
        `FIX       ${host}:${config.fixGateway.port}  (${exposure.fix === null ? '' : 'TLS; '}${fixAccess(config, fixPassword)})`,
        `clock     ${easternText(clock.nowNs())}${demoClock === null ? '' : '  (demo clock)'}`,
        `data      ${data.root}`,
        'ctrl-C stops everything',
      ].join('\n'),
    );
  });

  const { promise: stopped, resolve: onStopped } = Promise.withResolvers<void>();
  let askedNs: bigint | null = null;
  const onSignal = (): void => {
    const nowNs = clock.monotonicNs();
    if (askedNs === null) {
      askedNs = nowNs;
      console.log('stopping …');
      void supervisor.stop().then(onStopped);
    } else if (nowNs - askedNs > SAME_SIGNAL_NS) supervisor.abort();
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal);
  await stopped;
  await demoClock?.stop();
  return 0;
}

/** The demo's own key and sessions are there only where nobody has named others. */
function restAccess({ restGateway: { keysFile } }: Config, demoKey: string): string {
  return keysFile === null ? `Authorization: Bearer ${demoKey}` : `keys of ${keysFile}`;
}

function fixAccess({ fixGateway: { sessionsFile } }: Config, demoPassword: string): string {
  return sessionsFile === null
    ? `CompIDs DEMO44, DEMO42, DEMO50 to TAPECLOCK, password ${demoPassword}`
    : `sessions of ${sessionsFile}`;
}

function portsOf(config: Config) {
  const wanted = (port: number, variable: string, use: string) => ({ port, variable, use });
  const inside = [
    wanted(config.dashboard.port, 'TAPECLOCK_DASHBOARD_PORT', 'board'),
    wanted(config.restGateway.port, 'TAPECLOCK_REST_GATEWAY_PORT', 'REST ingest'),
    wanted(config.fixGateway.port, 'TAPECLOCK_FIX_GATEWAY_PORT', 'FIX ingest'),
    wanted(config.health.hotPort, 'TAPECLOCK_HEALTH_HOT_PORT', 'health of hot'),
    wanted(config.health.watchPort, 'TAPECLOCK_HEALTH_WATCH_PORT', 'health of watch'),
    wanted(config.health.deskPort, 'TAPECLOCK_HEALTH_DESK_PORT', 'health of desk'),
    wanted(config.health.outsidePort, 'TAPECLOCK_HEALTH_OUTSIDE_PORT', 'health of outside'),
  ];
  if (!config.simulator.enabled) return inside;
  return [
    ...inside,
    wanted(config.facility.port, 'TAPECLOCK_FACILITY_PORT', 'simulated facility'),
    wanted(config.cat.port, 'TAPECLOCK_CAT_PORT', 'simulated CAT'),
    wanted(config.simulator.controlPort, 'TAPECLOCK_SIMULATOR_CONTROL_PORT', 'simulator switches'),
  ];
}
