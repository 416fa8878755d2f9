/** Drives the collector by hand: its log is a list, its clock a number. */
import type {
  AnyEvent,
  CatFeedbackReceived,
  CatFileIntended,
  CatRecordError,
  EventName,
  EventTypes,
} from '@tapeclock/schemas';
import { createEventCodec, embeddedRegistry, releasedSchemas } from '@tapeclock/schemas';
import { type CollectorConfig, catCollector } from '../../src/collector/collector.ts';
import { at, config as baseConfig, meta } from '../trade-events.ts';

const codec = await createEventCodec(embeddedRegistry(), releasedSchemas);
const KEY = 'CAT-FILES-0';

export interface CollectorBench {
  nowNs: bigint;
  /** Everything on the log, in order. */
  readonly log: AnyEvent[];
  give<Name extends EventName>(type: Name, event: EventTypes[Name]): AnyEvent[];
  /** Lets the clock run and ticks as often as asked for; what came out. */
  until(text: string): AnyEvent[];
  wakeAtNs(): bigint | null;
  /** Forgets everything and rebuilds it from the log, as after a crash. */
  restart(): void;
  files(): CatFileIntended[];
  /** Lines of all files. */
  lines(): string[];
  of<Name extends EventName>(type: Name): EventTypes[Name][];
  ingested(fileName: string, errors?: readonly CatRecordError[]): AnyEvent[];
  refused(fileName: string, code: number): AnyEvent[];
}

export function collectorBench(change: Partial<CollectorConfig> = {}): CollectorBench {
  const processor = catCollector({ ...baseConfig, keyOf: () => KEY, ...change });
  let state = processor.init(0);
  const restorable: Record<string, readonly EventName[]> = {
    'cat.files': ['CatFileIntended'],
    'trades.reportable': ['TradeReportable'],
    'reports.outcome': ['ReportAccepted', 'ReportRejected'],
    'desk.actions': ['DeskActed'],
    'executions.rejected': ['RepairOpened', 'RepairClosed'],
    'cat.activity': ['CatFileSubmitted', 'CatFeedbackReceived'],
  };
  const record = {
    topic: '',
    partition: 0,
    offset: 0n,
    key: '',
    value: new Uint8Array(),
    headers: {},
    appendedNs: 0n,
  };
  const appended = (values: readonly { readonly value: Uint8Array }[]): AnyEvent[] => {
    const events = values.map(({ value }) => codec.decode(value));
    bench.log.push(...events);
    return events;
  };
  const feedback = (
    fileName: string,
    change: Pick<CatFeedbackReceived, 'stage' | 'status' | 'errors' | 'issues'>,
  ): AnyEvent[] =>
    bench.give('CatFeedbackReceived', {
      meta: meta('CatFeedbackReceived', KEY, bench.nowNs, fileName + change.stage),
      fileName,
      feedbackFile: `${fileName}.${change.stage}`,
      acceptedCount: 0,
      rejectedCount: change.errors.length,
      ...change,
    });

  const bench: CollectorBench = {
    nowNs: at('20261124T100001.000'),
    log: [],
    give(type, event) {
      const input = { type, event } as AnyEvent;
      bench.log.push(input);
      return appended(processor.step(state, input, { nowNs: bench.nowNs, codec, record }));
    },
    until(text) {
      const untilNs = at(text);
      const outputs: AnyEvent[] = [];
      for (let turns = 0; turns < 1000; turns += 1) {
        const wakeNs = processor.wakeAtNs!(state);
        if (wakeNs === null || wakeNs > untilNs) break;
        if (wakeNs > bench.nowNs) bench.nowNs = wakeNs;
        outputs.push(...appended(processor.tick!(state, bench.nowNs, codec)));
      }
      bench.nowNs = untilNs;
      return outputs;
    },
    wakeAtNs: () => processor.wakeAtNs!(state),
    restart() {
      state = processor.init(0);
      for (const { topic } of processor.restoreFrom) {
        const types = restorable[topic] ?? [];
        for (const event of bench.log)
          if (types.includes(event.type)) processor.restore(state, event, record);
      }
    },
    files: () => bench.of('CatFileIntended'),
    lines: () =>
      bench.files().flatMap(({ content }) =>
        new TextDecoder()
          .decode(content)
          .split('\n')
          .filter((line) => line !== ''),
      ),
    of: (type) => bench.log.filter((event) => event.type === type).map(({ event }) => event) as never,
    ingested: (fileName, errors = []) =>
      feedback(fileName, { stage: 'INGESTION', status: 'Success', errors, issues: [] }),
    refused: (fileName, code) =>
      feedback(fileName, {
        stage: 'INTEGRITY',
        status: 'Failure',
        errors: [],
        issues: [{ code: `CAT_${code}`, field: 'fileName', value: fileName, message: 'no', action: 'look' }],
      }),
  };
  return bench;
}
