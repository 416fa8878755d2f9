import { NS_PER_SECOND } from '@tapeclock/domain';
import { type Field, fileSessionStore, startInitiator } from '@tapeclock/fix';
import type { Clock, FileStore, Network, Random, Timer } from '@tapeclock/ports';
import { amended, chance, type DemoTrade, demoTrade, pick, spoiled, tradeFields } from './demo-execution.ts';

export interface DemoFeedConfig {
  readonly host: string;
  readonly port: number;
  readonly senderCompId: string;
  readonly targetCompId: string;
  readonly password: string;
  /** Reporting firm. */
  readonly mpid: string;
  /** Executions per second. */
  readonly rate: number;
}

/** What a trading system keeps while its session is down; more would be its own overload, not ours. */
const BACKLOG_MAX = 20_000;
const REMEMBERED = 200;

/**
 * A made-up trading system: copies its executions to the gateway over FIX, with busts, corrections and the mistakes that
 * real sources make. Its session survives restarts of either side, so that nothing it says is lost.
 */
export async function startDemoFeed(
  environment: {
    readonly clock: Clock;
    readonly random: Random;
    readonly network: Network;
    readonly files: FileStore;
  },
  config: DemoFeedConfig,
): Promise<{ ready(): boolean; stop(): Promise<void> }> {
  const { clock, random, network, files } = environment;
  const recent: DemoTrade[] = [];
  let backlog: Field[][] = [];
  let timer: Timer | null = null;
  let stopped = false;

  const initiator = await startInitiator({
    network,
    clock,
    host: config.host,
    port: config.port,
    session: {
      sessionId: config.senderCompId,
      role: 'initiator',
      beginString: 'FIX.4.4',
      senderCompId: config.senderCompId,
      targetCompId: config.targetCompId,
      password: config.password,
    },
    store: fileSessionStore({ files, path: `feed-${config.senderCompId}.jsonl` }),
    onMessage: async () => {},
    onState(change) {
      if (change.state === 'LOGGED_ON') sendBacklog();
    },
  });

  const say = (fields: Field[]) => {
    if (!initiator.session.isLoggedOn) {
      if (backlog.length < BACKLOG_MAX) backlog.push(fields);
      return;
    }
    initiator.send({ msgType: '8', fields }).catch(() => {
      if (backlog.length < BACKLOG_MAX) backlog.push(fields);
    });
  };
  const sendBacklog = () => {
    const waiting = backlog;
    backlog = [];
    for (const fields of waiting) say(fields);
  };

  const tell = () => {
    if (initiator.session.isLoggedOn && backlog.length > 0) sendBacklog();
    const trade = demoTrade(random, clock.nowNs());
    const fields = tradeFields(trade, config.mpid);
    if (chance(random, 0.4)) {
      say(spoiled(fields, random));
      return;
    }
    say(fields);
    recent.push(trade);
    if (recent.length > REMEMBERED) recent.shift();
    if (chance(random, 0.6)) {
      const kind = chance(random, 50) ? 'bust' : 'correction';
      const known = pick(random, recent);
      recent.splice(recent.indexOf(known), 1);
      say(amended(known, kind, `${kind === 'bust' ? 'B' : 'K'}${trade.id}`, clock.nowNs(), config.mpid));
    }
  };

  const meanGapNs = config.rate > 0 ? NS_PER_SECOND / BigInt(config.rate) : null;
  const next = () => {
    if (stopped || meanGapNs === null) return;
    // Uneven, as trading is: between nothing and twice the mean.
    const gapNs = (meanGapNs * BigInt(random.nextU32() % 2_000)) / 1_000n;
    timer = clock.after(gapNs, () => {
      tell();
      next();
    });
  };
  next();
  return {
    ready: () => initiator.session.isLoggedOn,
    async stop() {
      stopped = true;
      timer?.cancel();
      await initiator.stop();
    },
  };
}
