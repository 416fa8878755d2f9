import { NS_PER_MS, type Ns } from '@tapeclock/domain';
import { type Initiator, MsgType, memorySessionStore, startInitiator } from '@tapeclock/fix';
import type { Field } from '@tapeclock/fix/codec';
import type { Clock, Network, Random } from '@tapeclock/ports';
import { distribution } from '../account/distribution.ts';
import { loadExecution } from '../executions/load-execution.ts';
import type { Universe } from '../executions/universe.ts';
import {
  LEAD_NS,
  LOAD_DEFAULTS,
  type LoadCounts,
  type LoadOptions,
  type LoadSummary,
} from './load-options.ts';
import { arrivals } from './schedule.ts';

/** Numbered but not yet written, per session; more waits in the driver, where it can be counted. */
const UNWRITTEN_MAX = 1_000;
const TICK_NS = NS_PER_MS;
/** After a crash the gateway may ask for everything since its last record: nothing sent may be forgotten. */
const SENT_KEPT = { sentMessagesMax: 1_000_000, sentBytesMax: 1024 * 1024 * 1024 } as const;

export interface Offering {
  /** Sends by schedule. Resolves when the last execution has been given a number or refused. */
  run(): Promise<LoadSummary>;
  counts(): LoadCounts;
  summary(): LoadSummary;
  /** Logs out. */
  stop(): Promise<void>;
  readonly allUp: () => boolean;
}

interface Waiting {
  readonly fields: Field[];
  readonly dueNs: Ns;
}

interface Line {
  readonly initiator: Initiator;
  readonly waiting: Waiting[];
  unwritten: number;
}

/** Offers executions over FIX by an open schedule: what is due is offered, whether or not the last one was taken. */
export async function startOffering(
  environment: {
    readonly clock: Clock;
    readonly network: Network;
    readonly random: Random;
    readonly universe: Universe;
    readonly cpuSeconds: () => number;
  },
  given: LoadOptions,
): Promise<Offering> {
  const { clock, network, random, universe } = environment;
  const options = { ...LOAD_DEFAULTS, ...given };
  const lines: Line[] = [];
  const latenessMs: number[] = [];
  let offered = 0;
  let sent = 0;
  let refused = 0;
  let logons = 0;
  let startNs = 0n;
  let lastDueNs = 0n;
  let done: (() => void) | null = null;
  let allOffered = false;

  const waitingCount = (): number => lines.reduce((sum, { waiting }) => sum + waiting.length, 0);
  const drain = (line: Line): void => {
    const { initiator, waiting } = line;
    let taken = 0;
    while (taken < waiting.length && line.unwritten < UNWRITTEN_MAX && initiator.session.isLoggedOn) {
      const next = waiting[taken];
      if (next === undefined) break;
      taken += 1;
      line.unwritten += 1;
      sent += 1;
      initiator.send({ msgType: MsgType.ExecutionReport, fields: next.fields }).then(
        ({ sentNs }) => {
          line.unwritten -= 1;
          if (sentNs !== null) latenessMs.push(Number(sentNs - next.dueNs) / 1e6);
        },
        () => {
          // It was given no number: it stays ours to send.
          line.unwritten -= 1;
          sent -= 1;
          line.waiting.push(next);
        },
      );
    }
    waiting.splice(0, taken);
  };

  for (const senderCompId of options.senderCompIds) {
    const line: Line = {
      waiting: [],
      unwritten: 0,
      initiator: await startInitiator({
        network,
        clock,
        host: options.host,
        port: options.port,
        session: {
          sessionId: `${senderCompId}-driver`,
          role: 'initiator',
          beginString: 'FIX.4.4',
          senderCompId,
          targetCompId: options.targetCompId,
          password: options.password,
        },
        store: memorySessionStore({
          messagesMax: SENT_KEPT.sentMessagesMax,
          bytesMax: SENT_KEPT.sentBytesMax,
        }),
        limits: SENT_KEPT,
        async onMessage(_session, { message }) {
          if (message.msgType === MsgType.BusinessMessageReject || message.msgType === MsgType.Reject) {
            refused += 1;
            sent -= 1;
          }
        },
        onState({ state }) {
          if (state === 'LOGGED_ON') logons += 1;
        },
      }),
    };
    lines.push(line);
  }

  const counts = (): LoadCounts => ({
    offered,
    sent,
    refused,
    waiting: waitingCount(),
    sessionsUp: lines.filter(({ initiator }) => initiator.session.isLoggedOn).length,
  });
  const summary = (): LoadSummary => {
    const { p50, p99, max } = distribution(latenessMs);
    return {
      ...counts(),
      startNs,
      endNs: lastDueNs,
      driverLatenessMs: { p50, p99, max },
      reconnects: logons - lines.length,
      cpuSeconds: environment.cpuSeconds(),
    };
  };

  const offer = (dueNs: Ns): void => {
    const line = lines[offered % lines.length];
    offered += 1;
    lastDueNs = dueNs;
    if (line === undefined || line.waiting.length >= options.waitingMax / lines.length) {
      refused += 1;
      return;
    }
    const id = `${options.runId}-${offered}`;
    line.waiting.push({
      dueNs,
      fields: loadExecution(random, universe, { id, mpid: options.mpid, executedNs: dueNs }),
    });
  };

  return {
    counts,
    summary,
    allUp: () => lines.every(({ initiator }) => initiator.session.isLoggedOn),
    run() {
      const { promise, resolve } = Promise.withResolvers<void>();
      done = resolve;
      // Due instants run on the steady clock; they are named on the wall clock, as read once at the start.
      const steadyStartNs = clock.monotonicNs() + LEAD_NS;
      startNs = clock.nowNs() + LEAD_NS;
      const schedule = arrivals(options.phases, options.spacing, random);
      let next = schedule.next();
      const tick = (): void => {
        const elapsedNs = clock.monotonicNs() - steadyStartNs;
        while (next.done !== true && next.value <= elapsedNs) {
          offer(startNs + next.value);
          next = schedule.next();
        }
        allOffered = next.done === true;
        for (const line of lines) drain(line);
        if (allOffered && waitingCount() === 0 && lines.every(({ unwritten }) => unwritten === 0)) {
          done?.();
          return;
        }
        clock.after(TICK_NS, tick);
      };
      tick();
      return promise.then(summary);
    },
    async stop() {
      await Promise.all(lines.map(({ initiator }) => initiator.stop()));
    },
  };
}
