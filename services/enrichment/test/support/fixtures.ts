import { readFileSync } from 'node:fs';
import { contentHash, eventId, executionId, lineageId, type Ns, nsFromRfc3339 } from '@tapeclock/domain';
import {
  type AnyEvent,
  createEventCodec,
  type DeskActed,
  type EncodedEvent,
  type ExecutionAction,
  type ExecutionFields,
  type ExecutionReceived,
  embeddedRegistry,
  NO_STAMPS,
  releasedSchemas,
} from '@tapeclock/schemas';
import { settingsOf } from '../../src/config.ts';
import type { LineageStore } from '../../src/lineage/lineage-store.ts';
import { parseReference } from '../../src/reference/parse-files.ts';
import { ReferenceBook } from '../../src/reference/reference-book.ts';
import { enrichmentProcessor } from '../../src/step.ts';
import { smallDecide } from './decide.ts';

const file = (name: string) => readFileSync(new URL(`../../reference/${name}`, import.meta.url), 'utf8');

/** The demo set that ships with the service. */
export const demoBase = parseReference({
  securitiesCsv: file('securities.csv'),
  mpidsJson: file('mpids.json'),
  haltsJson: file('halts.json'),
  routingJson: file('routing.json'),
});

export const codec = await createEventCodec(embeddedRegistry(), releasedSchemas);

export const at = (text: string): Ns => nsFromRfc3339(text)!;
export const EXECUTED_AT = '2025-03-04T15:30:00.123456789Z';
export const NOW_NS: Ns = at('2025-03-04T15:30:00.200Z');

export const GOOD_FIELDS: ExecutionFields = {
  symbol: 'AAPL',
  side: 'S',
  quantity: '100',
  price: '187.25',
  executedAt: EXECUTED_AT,
  mpid: 'TCLK',
  contraMpid: 'GRVT',
  capacity: 'P',
  contraCapacity: 'P',
  shortSale: 'N',
  facility: null,
  reportType: 'TAPE',
  tradeType: 'REGULAR',
  referenceAt: null,
  settlement: 'REGULAR',
  tradeThrough: null,
  executingParty: 'Y',
  account: 'ACC-1',
  accountHolderType: 'I',
  orderId: 'ORD-1',
  orderKeyDate: '2025-03-04T15:29:00Z',
  contraOrderId: null,
  clearingFirm: '9001',
  branchSequence: 'BR1',
  memo: null,
};

export const SOURCE = 'OMS';

export function received(
  sourceExecutionId: string,
  options: {
    readonly action?: ExecutionAction;
    readonly ref?: string;
    readonly root?: string;
    readonly fields?: Partial<ExecutionFields>;
    readonly traceparent?: string;
  } = {},
): ExecutionReceived {
  const fields = { ...GOOD_FIELDS, ...options.fields };
  const action = options.action ?? 'NEW';
  const hash = contentHash(action, options.ref ?? '', JSON.stringify(fields));
  const id = executionId(SOURCE, sourceExecutionId, 0);
  return {
    meta: {
      eventId: eventId('ExecutionReceived', id, hash),
      lineageId: lineageId(SOURCE, options.root ?? options.ref ?? sourceExecutionId),
      schemaVersion: 1,
      recordedNs: NOW_NS,
      producer: 'test-gateway',
      traceparent: options.traceparent ?? null,
      stamps: { ...NO_STAMPS, receivedNs: NOW_NS - 3_000_000n, loggedNs: NOW_NS - 1_000_000n },
    },
    executionId: id,
    revision: 0,
    action,
    channel: 'FIX',
    source: SOURCE,
    sourceExecutionId,
    refSourceExecutionId: options.ref ?? null,
    sessionId: 'S1',
    sessionSeq: 7n,
    contentHash: hash,
    fields,
    originalFormat: 'fix',
    original: new TextEncoder().encode(`8=FIX.4.4|17=${sourceExecutionId}`),
    repairOf: null,
    actor: null,
  };
}

export function act(
  verb: 'RESUBMIT' | 'DISCARD',
  subject: string,
  root: string,
  options: Partial<Omit<DeskActed, 'meta' | 'verb' | 'subject' | 'fields'>> & {
    readonly fields?: Partial<ExecutionFields>;
  } = {},
): DeskActed {
  const actionId = options.actionId ?? `ACT-${subject}`;
  return {
    role: 'officer',
    actor: 'olga',
    reason: 'looked wrong',
    source: SOURCE,
    sourceExecutionId: root,
    outcome: null,
    controlDate: null,
    controlNumber: null,
    repairStage: null,
    executionAction: null,
    refSourceExecutionId: null,
    ...options,
    actionId,
    meta: {
      eventId: eventId('DeskActed', actionId),
      lineageId: lineageId(SOURCE, root),
      schemaVersion: 1,
      recordedNs: NOW_NS,
      producer: 'compliance',
      traceparent: null,
      stamps: NO_STAMPS,
    },
    verb,
    subject,
    fields: verb === 'RESUBMIT' ? { ...GOOD_FIELDS, ...options.fields } : null,
  };
}

/** As a step meets it: what comes off the log is not the plain object that went in. */
export const fromLog = ({ type, event }: AnyEvent): AnyEvent =>
  codec.decode(codec.encode(type, event as never));

/** One partition of the service, driven by hand. */
export function bench(options: Partial<Parameters<typeof settingsOf>[0]> = {}) {
  const reference = new ReferenceBook(demoBase);
  const processor = enrichmentProcessor(settingsOf({ decide: smallDecide, ...options }), reference);
  let store: LineageStore = processor.init(0);
  const record = {
    topic: 't',
    partition: 0,
    offset: 0n,
    key: '',
    value: new Uint8Array(),
    headers: {},
    appendedNs: 0n,
  };
  const stepRaw = (input: AnyEvent, nowNs: Ns = NOW_NS): readonly EncodedEvent[] =>
    processor.step(store, fromLog(input), { nowNs, codec, record });
  const step = (input: AnyEvent, nowNs: Ns = NOW_NS): readonly AnyEvent[] =>
    stepRaw(input, nowNs).map(({ value }) => codec.decode(value));
  return {
    reference,
    processor,
    stepRaw,
    /** For inputs that came through `fromLog` already. */
    stepDecoded: (input: AnyEvent) => processor.step(store, input, { nowNs: NOW_NS, codec, record }),
    step,
    receive: (event: ExecutionReceived, nowNs: Ns = NOW_NS) =>
      step({ type: 'ExecutionReceived', event }, nowNs),
    desk: (event: DeskActed, nowNs: Ns = NOW_NS) => step({ type: 'DeskActed', event }, nowNs),
    get store() {
      return store;
    },
    /** As after a crash: a new state, rebuilt from events topic by topic. */
    restart(past: readonly AnyEvent[]) {
      store = processor.init(0);
      for (const type of ['ExecutionReceived', 'TradeReportable', 'RepairOpened', 'RepairClosed'] as const) {
        for (const event of past) {
          const isRejected = type === 'RepairOpened' && event.type === 'RepairClosed';
          if (type === 'RepairClosed') continue;
          if (event.type === type || isRejected) processor.restore(store, event, record);
        }
      }
    },
  };
}

export type Only<Name extends AnyEvent['type']> = Extract<AnyEvent, { readonly type: Name }>['event'];

/** The one output of this type; fails when there is another number of them. */
export function only<Name extends AnyEvent['type']>(outputs: readonly AnyEvent[], type: Name): Only<Name> {
  const found = outputs.filter((output) => output.type === type);
  if (found.length !== 1) {
    throw new Error(`${found.length} ${type} in ${JSON.stringify(outputs.map((output) => output.type))}`);
  }
  return found[0]!.event as Only<Name>;
}
