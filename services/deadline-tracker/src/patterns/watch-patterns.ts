import { NS_PER_MS, NS_PER_SECOND, type Ns } from '@tapeclock/domain';
import { LogError, type LogRecord, type Membership } from '@tapeclock/event-log';
import { sleep } from '@tapeclock/ports';
import { type EncodedEvent, TOPICS } from '@tapeclock/schemas';
import { type RunningService, readEvent, type ServiceEnvironment } from '@tapeclock/service';
import { keyIn } from '../alerts/key-in.ts';
import { operationsAlert } from '../alerts/operations-alert.ts';
import { MergedTopics } from './merged-topics.ts';
import { Observer } from './observer.ts';
import type { Pattern } from './pattern.ts';
import { type PatternAlert, PatternWatch, REPEAT_NS } from './pattern-watch.ts';

const NAME = 'deadline-tracker.patterns';
/** `system.status` has one partition: whoever has it watches the patterns of all. */
const PARTITION = 0;
const WATCHED = [TOPICS.tradesReportable, TOPICS.reportsOutcome];
/** A raised alert is repeated three times within this. */
const ALERTS_BACK_NS = 3n * REPEAT_NS;
/** One look takes in what came meanwhile: patterns are minutes long, and a look costs a read of every partition. */
const LOOK_EVERY_NS = 250n * NS_PER_MS;
const LOOK_AGAIN_NS = 10n * NS_PER_SECOND;

type Environment = Pick<ServiceEnvironment, 'clock' | 'codec' | 'log' | 'memberId'>;

/** Starts the watch over patterns. Of several only one watches; another takes over when it is gone, and rebuilds the windows from the log. */
export async function watchPatterns(
  environment: Environment,
  patterns: readonly Pattern[],
): Promise<RunningService> {
  let run: PatternRun | null = null;
  let assigned = false;
  const membership: Membership = await environment.log.join({
    group: NAME,
    memberId: environment.memberId,
    topics: [TOPICS.systemStatus],
    async onAssignment({ revoked, assigned: granted }) {
      if (revoked.length > 0) {
        await run?.stop();
        run = null;
      }
      if (granted.length > 0) run ??= new PatternRun(environment, patterns);
      assigned = true;
    },
  });
  return {
    ready: () => assigned && (run === null || run.caughtUp),
    async stop() {
      await run?.stop();
      await membership.leave();
    },
  };
}

class PatternRun {
  caughtUp = false;
  readonly #environment: Environment;
  readonly #watches: readonly PatternWatch[];
  readonly #observer = new Observer();
  readonly #stopping = new AbortController();
  readonly #finished: Promise<void>;
  #wake: (() => void) | null = null;
  #news = true;

  constructor(environment: Environment, patterns: readonly Pattern[]) {
    this.#environment = environment;
    this.#watches = patterns.map((pattern) => new PatternWatch(pattern));
    this.#finished = this.#run();
  }

  async stop(): Promise<void> {
    this.#stopping.abort(new Error('stopping'));
    this.#wake?.();
    await this.#finished;
  }

  async #run(): Promise<void> {
    const { log, clock } = this.#environment;
    const unsubscribe = WATCHED.map((topic) =>
      log.onAppended(topic, () => {
        this.#news = true;
        this.#wake?.();
      }),
    );
    try {
      await this.#recall();
      const topics = await MergedTopics.from(
        log,
        WATCHED.flatMap((topic) =>
          Array.from({ length: log.partitionCount(topic) }, (_, partition) => ({
            topic,
            partition,
            fromNs: before(clock.nowNs(), this.#longestNs()),
          })),
        ),
      );
      while (!this.#stopped) {
        this.#news = false;
        for (let records = await this.#next(topics); records.length > 0; records = await this.#next(topics)) {
          for (const record of records) await this.#observe(record);
        }
        await this.#say(this.#judge());
        this.caughtUp = true;
        await this.#idle();
      }
    } catch (error) {
      const ours = !(error instanceof LogError && (error.code === 'FENCED' || error.code === 'CLOSED'));
      if (ours && !this.#stopped) throw error;
    } finally {
      for (const end of unsubscribe) end();
    }
  }

  get #stopped(): boolean {
    return this.#stopping.signal.aborted;
  }

  /** What was raised by whoever watched before; its key puts it into this partition of the alerts. */
  async #recall(): Promise<void> {
    const { log, clock } = this.#environment;
    const fromNs = before(clock.nowNs(), ALERTS_BACK_NS);
    const alerts = await MergedTopics.from(log, [
      { topic: TOPICS.obligationsAlerts, partition: PARTITION, fromNs },
    ]);
    for (let records = await this.#next(alerts); records.length > 0; records = await this.#next(alerts)) {
      for (const record of records) {
        const read = await readEvent(record, this.#environment.codec);
        if ('failure' in read || read.type !== 'OperationsAlert') continue;
        const { alert, subject, state, meta } = read.event;
        const watch = this.#watches.find(({ pattern }) => pattern.name === alert);
        watch?.recall(
          subject.slice(subjectOf(alert, '').length),
          state === 'RAISED' ? 'RAISED' : 'CLEARED',
          meta.recordedNs,
        );
      }
    }
  }

  async #observe(record: LogRecord): Promise<void> {
    const read = await readEvent(record, this.#environment.codec);
    // The tracker beside us reads the same record and puts what cannot be read to the dead letters.
    if ('failure' in read) return;
    for (const observation of this.#observer.observe(read, record.appendedNs)) {
      for (const watch of this.#watches) watch.observe(observation);
    }
  }

  #judge(): readonly EncodedEvent[] {
    const nowNs = this.#environment.clock.nowNs();
    return this.#watches.flatMap((watch) => watch.judge(nowNs).map((alert) => this.#encoded(alert, nowNs)));
  }

  #encoded({ pattern, subject, state, text }: PatternAlert, nowNs: Ns): EncodedEvent {
    const named = subjectOf(pattern.name, subject);
    const action = `Follow ${pattern.runbook}`;
    return operationsAlert(
      { alert: pattern.name, subject: named, severity: pattern.severity, state, text, action },
      keyIn(PARTITION, named),
      nowNs,
      this.#environment.codec,
    );
  }

  async #say(events: readonly EncodedEvent[]): Promise<void> {
    if (events.length > 0) await this.#untilDone(() => this.#environment.log.append(events));
  }

  #next(topics: MergedTopics): Promise<readonly LogRecord[]> {
    return this.#untilDone(() => (this.#stopped ? Promise.resolve([]) : topics.next()));
  }

  /** Until there is news, and no sooner than the next look; while something is raised or may fall silent, time is news too. */
  async #idle(): Promise<void> {
    const { clock } = this.#environment;
    const pause = async (delayNs: Ns) => {
      await sleep(clock, delayNs, this.#stopping.signal).catch(() => {});
    };
    await pause(LOOK_EVERY_NS);
    if (this.#news || this.#stopped) return;
    const news = new Promise<void>((resolve) => {
      this.#wake = resolve;
    });
    if (!this.#watches.some(({ isWaiting }) => isWaiting)) return news;
    const timer = clock.after(LOOK_AGAIN_NS, () => this.#wake?.());
    await news;
    timer.cancel();
  }

  async #untilDone<T>(ask: () => Promise<T>): Promise<T> {
    for (;;) {
      try {
        return await ask();
      } catch (error) {
        if (!(error instanceof LogError) || !error.retryable || this.#stopped) throw error;
        await sleep(this.#environment.clock, LOOK_EVERY_NS, this.#stopping.signal);
      }
    }
  }

  #longestNs(): Ns {
    return this.#watches.reduce((longest, { pattern: { window } }) => {
      const ownNs = window.kind === 'sliding' ? window.sizeNs : window.gapNs;
      return ownNs > longest ? ownNs : longest;
    }, 0n);
  }
}

function subjectOf(pattern: string, subject: string): string {
  return `pattern/${pattern}/${subject}`;
}

function before(nowNs: Ns, backNs: Ns): Ns {
  return nowNs > backNs ? nowNs - backNs : 0n;
}
