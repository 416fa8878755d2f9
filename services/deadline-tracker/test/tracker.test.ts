import assert from 'node:assert/strict';
import test from 'node:test';
import { memoryEventLog } from '@tapeclock/event-log';
import { virtualClock } from '@tapeclock/ports/virtual';
import {
  type AnyEvent,
  createEventCodec,
  embeddedRegistry,
  type ReportInDoubt,
  releasedSchemas,
  TOPICS,
  topicDeclarations,
} from '@tapeclock/schemas';
import { runProcessor } from '@tapeclock/service';
import { deadlineTracker } from '../src/tracker.ts';
import { TRACKER_DEFAULTS } from '../src/tracker-config.ts';
import { accepted, intended, meta, SECOND, T0, trade } from './samples.ts';

const codec = await createEventCodec(embeddedRegistry(), releasedSchemas);

function world() {
  const clock = virtualClock(T0);
  const memory = memoryEventLog({ clock, topics: topicDeclarations });
  const writer = memory.handle('writer');
  const alerts = (): AnyEvent[] =>
    memory.records(TOPICS.obligationsAlerts).map((record) => codec.decode(record.value));
  const said = () =>
    alerts().flatMap((alert) => {
      if (alert.type === 'ObligationWarned')
        return [`warned ${alert.event.executionId} ${alert.event.percentUsed}% ${alert.event.stage}`];
      if (alert.type === 'ObligationBreached')
        return [`breached ${alert.event.executionId} ${alert.event.stage}`];
      if (alert.type === 'ObligationMet')
        return [`met ${alert.event.executionId}${alert.event.late ? ' late' : ''}`];
      if (alert.type === 'OperationsAlert') return [`${alert.event.alert} ${alert.event.state}`];
      return [];
    });
  const track = (name: string) =>
    runProcessor(deadlineTracker(TRACKER_DEFAULTS), {
      clock,
      codec,
      log: memory.handle(name),
      memberId: name,
    });
  return { clock, memory, writer, alerts, said, track };
}

test('a report accepted in time is met and nothing else is said', async () => {
  const { clock, writer, said, track } = world();
  await track('watch');
  await writer.append([codec.record('TradeReportable', trade('A', T0))]);
  await writer.append([codec.record('ReportIntended', intended('A', T0))]);
  await writer.append([codec.record('ReportAccepted', accepted('A', T0, T0 + SECOND))]);
  await clock.advance(60n * SECOND);
  assert.deepEqual(said(), ['met A']);
});

test('a report that waits is warned of at 50 % and 80 %, then breached, then met late', async () => {
  const { clock, writer, said, alerts, track } = world();
  await track('watch');
  await writer.append([codec.record('TradeReportable', trade('A', T0))]);
  await clock.advance(4_990_000_000n);
  assert.deepEqual(said(), []);
  await clock.advance(20_000_000n);
  assert.deepEqual(said(), ['warned A 50% REPORTER']);
  await writer.append([codec.record('ReportIntended', intended('A', T0))]);
  await clock.advance(3n * SECOND);
  await clock.advance(1_985_000_000n);
  assert.deepEqual(
    said(),
    ['warned A 50% REPORTER', 'warned A 80% FACILITY'],
    'the due instant itself is in time',
  );
  await clock.advance(10_000_000n);
  await writer.append([codec.record('ReportAccepted', accepted('A', T0, T0 + 11n * SECOND))]);
  await clock.advance(SECOND);
  assert.deepEqual(said().slice(2), ['breached A FACILITY', 'met A late']);
  const last = alerts().find(({ type }) => type === 'ObligationMet');
  assert.ok(last?.type === 'ObligationMet');
  assert.equal(last.event.latenessNs, SECOND);
  assert.equal(last.event.worstStage, 'facility');
  assert.equal(
    last.event.attribution.reduce((sum, share) => sum + share.durationNs, 0n),
    11n * SECOND,
    'the shares add up to the whole',
  );
});

test('every breach was warned of before, also when the trade came in after its deadline', async () => {
  const { clock, writer, said, track } = world();
  await track('watch');
  await writer.append([codec.record('TradeReportable', trade('A', T0 - 30n * SECOND))]);
  await clock.advance(SECOND);
  assert.deepEqual(said(), ['warned A 80% REPORTER', 'breached A REPORTER']);
});

test('an outcome that is read before its trade leaves no open obligation behind', async () => {
  const { clock, writer, said, track } = world();
  await track('watch');
  await writer.append([codec.record('ReportAccepted', accepted('A', T0, T0 + SECOND))]);
  await clock.advance(SECOND);
  await writer.append([codec.record('TradeReportable', trade('A', T0))]);
  await clock.advance(30n * SECOND);
  assert.deepEqual(said(), ['met A']);
});

test('a tracker that dies is replaced by one that loses no timer and repeats no warning', async () => {
  const { clock, memory, writer, said, track } = world();
  await track('watch-1');
  await writer.append([codec.record('TradeReportable', trade('A', T0))]);
  await clock.advance(6n * SECOND);
  memory.crash('watch-1');
  await track('watch-2');
  await clock.advance(14n * SECOND);
  assert.deepEqual(said(), ['warned A 50% REPORTER', 'warned A 80% REPORTER', 'breached A REPORTER']);
});

test('a record that failed validation keeps its deadline while a person repairs it', async () => {
  const { clock, writer, said, track } = world();
  await track('watch');
  const { execution: _execution, ...rest } = trade('A', T0);
  await writer.append([
    codec.record('RepairOpened', {
      meta: meta('repair-A', 'A', { executedNs: T0 }),
      repairId: 'R1',
      stage: 'enrichment',
      executionId: 'A',
      source: rest.source,
      sourceExecutionId: 'A',
      action: 'NEW',
      refSourceExecutionId: null,
      channel: 'REST',
      issues: [{ code: 'SYMBOL_UNKNOWN', field: 'symbol', value: 'XX', message: '', action: '' }],
      fields: noFields,
      originalFormat: 'json',
      original: new Uint8Array(),
      dueAtNs: T0 + 10n * SECOND,
      facility: 'ADF',
      reportId: null,
    }),
  ]);
  await clock.advance(5_100_000_000n);
  assert.deepEqual(said(), ['warned A 50% REPAIR']);
  await writer.append([
    codec.record('RepairClosed', {
      meta: meta('repair-closed-A', 'A'),
      repairId: 'R1',
      resolution: 'RESUBMITTED',
      actor: 'officer',
      reason: null,
      executionId: 'A-revision-1',
    }),
  ]);
  await clock.advance(20n * SECOND);
  assert.deepEqual(said(), ['warned A 50% REPAIR'], 'the resubmission has its own obligation');
});

test('a backlog that cannot be served in time raises the forecast before the first breach', async () => {
  const { clock, writer, said, alerts, track } = world();
  await track('watch');
  const names = Array.from({ length: 60 }, (_, index) => `B${index}`);
  await writer.append(names.map((name) => codec.record('TradeReportable', trade(name, T0, 'one-lane'))));
  await clock.advance(SECOND);
  assert.ok(!said().includes('backlog-forecast-breach RAISED'), 'one look is none');
  await clock.advance(SECOND);
  assert.ok(said().includes('backlog-forecast-breach RAISED'));
  const told = alerts().findLast((alert) => alert.type === 'BacklogForecast');
  assert.ok(told?.type === 'BacklogForecast');
  assert.equal(told.event.open, 60);
  assert.ok((told.event.breachInNs ?? 0n) >= 8n * SECOND);
  await writer.append(
    names.map((name) => codec.record('ReportAccepted', accepted(name, T0, T0 + 3n * SECOND, 'one-lane'))),
  );
  await clock.advance(3n * SECOND);
  assert.ok(said().includes('backlog-forecast-breach CLEARED'));
});

test('reports in doubt for longer than a reconnect takes raise one alert, and their end clears it', async () => {
  const { clock, writer, said, track } = world();
  await track('watch');
  await writer.append([codec.record('TradeReportable', trade('A', T0))]);
  await writer.append([codec.record('ReportInDoubt', doubt('A'))]);
  await clock.advance(3_500_000_000n);
  assert.deepEqual(said(), ['in-doubt-reports RAISED']);
  await writer.append([codec.record('ReportAccepted', accepted('A', T0, T0 + 4n * SECOND))]);
  await clock.advance(SECOND);
  assert.deepEqual(said().sort(), ['in-doubt-reports CLEARED', 'in-doubt-reports RAISED', 'met A']);
});

test('an alert that one tracker raised is cleared by the next, when the trouble ended in between', async () => {
  const { clock, memory, writer, alerts, track } = world();
  // Lineages enough for every partition: what is raised in each must be found again in each.
  const names = Array.from({ length: 120 }, (_, index) => `B${index}`);
  await track('watch-1');
  await writer.append(names.map((name) => codec.record('TradeReportable', trade(name, T0))));
  await writer.append(names.map((name) => codec.record('ReportInDoubt', doubt(name))));
  await clock.advance(5n * SECOND);
  memory.crash('watch-1');
  await writer.append(
    names.map((name) => codec.record('ReportAccepted', accepted(name, T0, T0 + 5n * SECOND))),
  );
  await track('watch-2');
  await clock.advance(5n * SECOND);
  const state = new Map<string, string[]>();
  for (const alert of alerts()) {
    if (alert.type !== 'OperationsAlert') continue;
    const told = state.get(alert.event.subject) ?? [];
    state.set(alert.event.subject, [...told, alert.event.state]);
  }
  assert.deepEqual(
    [...state].sort(),
    ['forecast/ADF', 'in-doubt'].flatMap((subject) =>
      [0, 1, 2, 3].map((partition) => [`${subject}/${partition}`, ['RAISED', 'CLEARED']]),
    ),
  );
});

function doubt(name: string): ReportInDoubt {
  return {
    meta: meta(`doubt-${name}`, name),
    reportId: `N-${name}`,
    executionId: name,
    revision: 0,
    action: 'NEW',
    facility: 'ADF',
    sessionId: 'S',
    msgSeqNum: 7n,
    cause: 'DISCONNECTED',
    sinceNs: T0,
    nextStep: 'RESEND',
    dueAtNs: T0 + 10n * SECOND,
  };
}

const noFields = Object.fromEntries(
  'symbol side quantity price executedAt mpid contraMpid capacity contraCapacity shortSale facility reportType tradeType referenceAt settlement tradeThrough executingParty account accountHolderType orderId orderKeyDate contraOrderId clearingFirm branchSequence memo'
    .split(' ')
    .map((name) => [name, null]),
) as never;
