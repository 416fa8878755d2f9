import { rmSync } from 'node:fs';
import { openLogReader, type Product, startProduct, verifyData } from '@tapeclock/cli';
import { NS_PER_SECOND, type Ns, rfc3339FromNs } from '@tapeclock/domain';
import type { Clock } from '@tapeclock/ports';
import { distribution } from '../account/distribution.ts';
import { holdAgainstLog, occurrencesOnLog } from '../account/hold-against-log.ts';
import { Ledger } from '../account/ledger.ts';
import { readOutcomes } from '../account/read-outcomes.ts';
import { untilQuiet } from '../account/until-quiet.ts';
import { describeMachine } from '../bench/machine.ts';
import { countBy } from '../bench/run-rate.ts';
import type { BoardWatchSummary } from '../board-watch/board-options.ts';
import { startBoardWatch } from '../board-watch/start-board-watch.ts';
import { REST_LOAD_DEFAULTS } from '../rest-driver/rest-load-options.ts';
import { startRestLoad } from '../rest-driver/start-rest-load.ts';
import type { BoardResult, LoadResult, PipelineResult } from './load-result.ts';
import type { Scenario, ScenarioSettings } from './scenarios.ts';

/** A product that runs already. Without `dataDir` its log cannot be read, and the answers alone are accounted for. */
export interface RunningTarget {
  readonly url: string;
  readonly key: string;
  readonly dataDir: string | null;
  readonly clockOffsetNs: Ns;
}

const DRAIN_PATIENCE_NS = 180n * NS_PER_SECOND;
const POLLS_PER_VIEWER = 1;

/** Runs a scenario on a product of its own, or on `target`, and holds what was answered against the log. */
export async function runScenario(
  clock: Clock,
  scenario: Scenario,
  settings: ScenarioSettings & { readonly seed: number },
  target: RunningTarget | null,
): Promise<LoadResult> {
  const startedAt = clock.nowNs();
  const machine = describeMachine();
  if (scenario.form === 'single' && settings.records !== 1)
    throw new RangeError('one record in a request here');
  const product = target === null ? await startProduct() : null;
  let stopped = false;
  try {
    const to = target ?? targetOf(product);
    const runId = `R${(startedAt / NS_PER_SECOND).toString(36)}`;
    const load = startRestLoad({
      ...REST_LOAD_DEFAULTS,
      url: to.url,
      key: to.key,
      form: scenario.form,
      recordsPerRequest: settings.records,
      phases: scenario.phases(settings),
      spacing: scenario.spacing,
      connections: scenario.connections,
      seed: settings.seed,
      runId,
      clockOffsetNs: to.clockOffsetNs,
    });
    const watch = settings.viewers > 0 && product !== null ? watchOf(product, settings) : null;
    const [summary, watched] = await Promise.all([load.result, watch?.result ?? null]).catch((error) => {
      load.kill();
      watch?.kill();
      throw error;
    });

    const ledger = new Ledger(summary.ledger);
    const reader = to.dataDir === null ? null : await openLogReader(to.dataDir);
    let pipeline: PipelineResult | null = null;
    if (product !== null && reader !== null) {
      const drained = await untilQuiet(reader, clock, DRAIN_PATIENCE_NS);
      await product.stop();
      stopped = true;
      const { accepted, repairs, late, breached, stretches } = await readOutcomes(reader, summary.startNs);
      const { exceptions } = await verifyData(product.dataDir);
      pipeline = {
        drained,
        accepted,
        repairs,
        late,
        breached,
        exceptions: countBy(exceptions.map(({ code }) => code)),
        bytesInToBytesOutMs: distribution(stretches.bytesInToBytesOut),
      };
    }
    const account =
      reader === null ? null : holdAgainstLog(ledger, runId, await occurrencesOnLog(reader, runId));
    await reader?.close();
    return {
      startedAt: rfc3339FromNs(startedAt),
      machine,
      scenario: scenario.name,
      settings: { ...settings, url: target?.url ?? null },
      runId,
      counts: { offered: ledger.offered, ...ledger.counts() },
      account,
      answers: summary.answers,
      failures: summary.failures,
      repeated: summary.repeated,
      withoutRetryAfter: summary.withoutRetryAfter,
      scheduledToAnswerMs: distribution(summary.scheduledToAnswerMs),
      sentToAnswerMs: distribution(summary.sentToAnswerMs),
      scheduledToRefusalMs: distribution(summary.scheduledToRefusalMs),
      driverCpuSeconds: summary.cpuSeconds,
      pipeline,
      board: watched === null ? null : boardResult(watched),
    };
  } finally {
    if (product !== null) {
      if (!stopped) await product.stop();
      rmSync(product.dataDir, { recursive: true, force: true });
    }
  }
}

function targetOf(product: Product | null): RunningTarget {
  if (product === null) throw new Error('no product to send to');
  return {
    url: `http://127.0.0.1:${product.ports.rest}`,
    key: product.restKey,
    dataDir: product.dataDir,
    clockOffsetNs: product.clockOffsetNs,
  };
}

function watchOf(product: Product, { viewers, seconds }: ScenarioSettings) {
  return startBoardWatch({
    url: `http://127.0.0.1:${product.ports.dashboard}`,
    account: { name: 'officer', password: product.passwords.get('officer') ?? '' },
    viewers,
    pollsPerSecond: viewers * POLLS_PER_VIEWER,
    seconds,
    clockOffsetNs: product.clockOffsetNs,
  });
}

function boardResult(watched: BoardWatchSummary): BoardResult {
  return {
    ...watched,
    scheduledToAnswerMs: distribution(watched.scheduledToAnswerMs),
    sentToArrivedMs: distribution(watched.sentToArrivedMs),
    receivedToShownMs: distribution(watched.receivedToShownMs),
  };
}
