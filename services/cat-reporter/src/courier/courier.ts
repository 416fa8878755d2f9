/**
 * Carries files to CAT and answers back. It holds the same partition numbers as any group member may, one at a time for
 * each number, and does its work in one line: CAT takes a file as one stream, and order matters more than speed.
 */
import { NS_PER_HOUR, NS_PER_MS, type Ns } from '@tapeclock/domain';
import { easternDate, parseFeedbackName } from '@tapeclock/domain/cat';
import { LogError, type Membership } from '@tapeclock/event-log';
import type { Timer } from '@tapeclock/ports';
import type { CatFileIntended } from '@tapeclock/schemas';
import type { RunningService, ServiceEnvironment } from '@tapeclock/service';
import type { Bzip2 } from '../bzip2.ts';
import type { CatTransport } from '../cat-transport.ts';
import type { CollectorConfig } from '../collector/collector.ts';
import { catMeta } from '../collector/event-meta.ts';
import { FILES_TOPIC, type Outbox, openOutbox, readIntents } from './outbox.ts';
import { readFeedback } from './read-feedback.ts';
import { sendFile } from './send-file.ts';

export interface CourierPorts {
  readonly transport: CatTransport;
  readonly bzip2: Bzip2;
}

const GROUP = 'cat-courier';
const RETRY_DOUBLINGS_MAX = 4;

export async function startCourier(
  environment: ServiceEnvironment,
  config: CollectorConfig,
  ports: CourierPorts,
): Promise<RunningService> {
  const courier = new Courier(environment, config, ports);
  await courier.join();
  return courier;
}

class Courier implements RunningService {
  readonly #environment: ServiceEnvironment;
  readonly #config: CollectorConfig;
  readonly #ports: CourierPorts;
  readonly #outboxes = new Map<number, Outbox>();
  readonly #unsubscribe: () => void;
  readonly #finished: Promise<void>;
  #membership: Membership | null = null;
  #assigned = false;
  #stopped = false;
  /** Present work; whoever changes the partitions waits for it. */
  #turn: Promise<void> = Promise.resolve();
  #woken = false;
  #wakeUp: () => void = () => {};
  #timer: Timer | null = null;
  #pollAtNs: Ns = 0n;
  #failures = 0;
  #alarmed = false;

  constructor(environment: ServiceEnvironment, config: CollectorConfig, ports: CourierPorts) {
    this.#environment = environment;
    this.#config = config;
    this.#ports = ports;
    this.#unsubscribe = environment.log.onAppended(FILES_TOPIC, () => this.#wake());
    this.#finished = this.#run();
  }

  async join(): Promise<void> {
    const { log, clock, memberId } = this.#environment;
    const horizonNs = BigInt(this.#config.horizonHours) * NS_PER_HOUR;
    this.#membership = await log.join({
      group: GROUP,
      memberId,
      topics: [FILES_TOPIC],
      onAssignment: async ({ revoked, assigned }) => {
        await this.#turn;
        for (const { partition } of revoked) this.#outboxes.delete(partition);
        for (const { partition } of assigned) {
          this.#outboxes.set(
            partition,
            await openOutbox(partition, clock.nowNs() - horizonNs, this.#environment),
          );
        }
        this.#assigned = true;
        this.#wake();
      },
    });
  }

  ready(): boolean {
    return this.#assigned && !this.#stopped;
  }

  async stop(): Promise<void> {
    if (this.#stopped) return this.#finished;
    this.#stopped = true;
    this.#unsubscribe();
    this.#wake();
    await this.#finished;
    await this.#membership?.leave();
    await this.#ports.transport.close();
  }

  #wake(): void {
    this.#woken = true;
    this.#wakeUp();
  }

  async #run(): Promise<void> {
    while (!this.#stopped) {
      this.#woken = false;
      this.#turn = this.#work();
      await this.#turn;
      await this.#idle();
    }
    this.#timer?.cancel();
  }

  /** Until an intent, a partition, the next look for feedback or the next attempt. */
  #idle(): Promise<void> {
    if (this.#woken || this.#stopped) return Promise.resolve();
    const { clock } = this.#environment;
    const waitNs = this.#failures > 0 ? this.#retryNs() : this.#pollAtNs - clock.nowNs();
    return new Promise((resolve) => {
      this.#wakeUp = () => {
        this.#wakeUp = () => {};
        this.#timer?.cancel();
        resolve();
      };
      this.#timer = clock.after(waitNs > 0n ? waitNs : 0n, () => this.#wake());
    });
  }

  #retryNs(): Ns {
    return (
      (BigInt(this.#config.retryMs) * NS_PER_MS) << BigInt(Math.min(this.#failures - 1, RETRY_DOUBLINGS_MAX))
    );
  }

  async #work(): Promise<void> {
    const { clock, telemetry } = this.#environment;
    try {
      for (const outbox of this.#outboxes.values()) {
        await readIntents(outbox, this.#environment);
        if (outbox.pending.size > 0) await this.#sendAll(outbox);
      }
      if (clock.nowNs() >= this.#pollAtNs) {
        if (this.#outboxes.size > 0) await this.#poll();
        this.#pollAtNs = clock.nowNs() + BigInt(this.#config.pollEveryMs) * NS_PER_MS;
      }
      this.#failures = 0;
      if (this.#alarmed) await this.#alarm(false, 'transfers work again');
    } catch (error) {
      // A log that lets go of us is going down; whatever else it is, the wire may be back at the next attempt.
      if (error instanceof LogError && !error.retryable) return;
      this.#failures += 1;
      telemetry.logger.warn('CAT transfer failed', { error, failures: this.#failures });
      if (this.#failures === FAILURES_BEFORE_ALARM) await this.#alarm(true, String(error)).catch(() => {});
    }
  }

  async #sendAll(outbox: Outbox): Promise<void> {
    const files = await this.#ports.transport.list(this.#config.uploadFolder);
    const there = new Map(files.map(({ name, sizeBytes }) => [name, sizeBytes]));
    for (const intent of outbox.pending.values()) {
      if (this.#stopped) return;
      await this.#send(outbox, intent, there);
    }
  }

  async #send(outbox: Outbox, intent: CatFileIntended, there: ReadonlyMap<string, number>): Promise<void> {
    const { fileName } = intent;
    const { clock, codec, log, telemetry } = this.#environment;
    const bytes = await sendFile(intent, this.#ports.transport, this.#ports.bzip2, this.#config, there);
    const nowNs = clock.nowNs();
    await log.append([
      codec.record('CatFileSubmitted', {
        meta: catMeta('CatFileSubmitted', [fileName], intent.meta.lineageId, nowNs),
        fileName,
        submittedNs: nowNs,
        recordCount: intent.recordCount,
        bytes: BigInt(bytes),
      }),
    ]);
    outbox.pending.delete(fileName);
    telemetry.metrics.count('tapeclock_cat_records_total', { state: 'submitted' }, intent.recordCount);
  }

  async #poll(): Promise<void> {
    const { codec, clock, log, telemetry } = this.#environment;
    const { group, keyOf } = this.#config;
    const names = (await this.#ports.transport.list(this.#config.feedbackFolder)).map(({ name }) => name);
    // CAT keeps answers longer than we read the log back: what is older than that was heard in its time.
    const oldest = easternDate(clock.nowNs() - BigInt(this.#config.horizonHours) * NS_PER_HOUR);
    for (const outbox of this.#outboxes.values()) {
      const { partition } = outbox;
      for (const name of names) {
        const parsed = parseFeedbackName(name);
        const ours = parsed?.base === null || parsed?.group === `${group}${partition}`;
        if (parsed === null || !ours || parsed.date <= oldest) continue;
        if (outbox.seenFeedback.has(name) || this.#stopped) continue;
        const event = await readFeedback(name, names, this.#ports.transport, this.#ports.bzip2, {
          feedbackFolder: this.#config.feedbackFolder,
          key: keyOf(partition),
          nowNs: clock.nowNs(),
          recordCount: (fileName) => outbox.recordCounts.get(fileName) ?? null,
          owns: (lineageId) => log.partitionOf('trades.reportable', lineageId) === partition,
        });
        if (event === null) continue;
        await log.append([codec.record('CatFeedbackReceived', event)]);
        outbox.seenFeedback.add(name);
        const { metrics } = telemetry;
        metrics.count('tapeclock_cat_records_total', { state: 'accepted' }, event.acceptedCount);
        metrics.count('tapeclock_cat_records_total', { state: 'in_error' }, event.rejectedCount);
      }
    }
  }

  async #alarm(raised: boolean, text: string): Promise<void> {
    const { clock, codec, log } = this.#environment;
    const [partition = 0] = this.#outboxes.keys();
    const nowNs = clock.nowNs();
    await log.append([
      codec.record('OperationsAlert', {
        meta: catMeta(
          'OperationsAlert',
          ['cat-transport-down', String(raised), String(nowNs)],
          this.#config.keyOf(partition),
          nowNs,
        ),
        alert: 'cat-transport-down',
        subject: 'CAT SFTP',
        severity: 'warning',
        state: raised ? 'RAISED' : 'CLEARED',
        text,
        action: 'check the line, the account and the host key; files wait and are sent by themselves',
      }),
    ]);
    this.#alarmed = raised;
  }
}

/** One lost connection is nothing; this many in a row want a person. */
const FAILURES_BEFORE_ALARM = 3;
