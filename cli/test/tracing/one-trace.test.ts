import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import test from 'node:test';
import { NS_PER_SECOND, rfc3339FromNs } from '@tapeclock/domain';
import { type AnyEvent, TOPICS } from '@tapeclock/schemas';
import { openLogReader } from '../../src/log-reader.ts';
import { startProduct } from '../../src/product/start-product.ts';
import { executionReport, fixPeer } from '../bad-input/fix-peer.ts';
import { repairItem } from '../bad-input/repair-item.ts';
import { accepted, openWorld, type World } from '../bad-input/world.ts';
import { openTraceSink, type SinkSpan, type TraceSink } from './trace-sink.ts';

/** Everything on the log about the execution with this id, in the order of its way. */
async function eventsOf(dataDir: string, sourceExecutionId: string): Promise<readonly AnyEvent[]> {
  const reader = await openLogReader(dataDir);
  const found: AnyEvent[] = [];
  const ids = new Set<string>();
  for (const topic of [TOPICS.executionsReceived, TOPICS.tradesReportable, TOPICS.reportsOutcome]) {
    for await (const read of reader.events(topic)) {
      if (read === null || !('executionId' in read.event) || read.event.executionId === null) continue;
      if ('sourceExecutionId' in read.event && read.event.sourceExecutionId === sourceExecutionId) {
        ids.add(read.event.executionId);
      }
      if (ids.has(read.event.executionId)) found.push(read);
    }
  }
  await reader.close();
  return found;
}

/** The whole trade and its stages, once the collector has them. */
function traceOf(world: World, sink: TraceSink, traceId: string): Promise<readonly SinkSpan[]> {
  return world.until(`the spans of ${traceId}`, async () => {
    const spans = sink.spans.filter((span) => span.traceId === traceId);
    return spans.some(({ name }) => name === 'facility') && spans;
  });
}

const traceIdOf = (event: AnyEvent | undefined): string =>
  event?.event.meta.traceparent?.split('-')[1] ?? 'none';

test('one trace leads from FIX bytes to the facility’s answer, though one process takes the bytes and another tells the collector', {
  timeout: 90_000,
}, async (t) => {
  const sink = await openTraceSink();
  const product = await startProduct({
    spare: false,
    variables: { OTEL_EXPORTER_OTLP_ENDPOINT: sink.endpoint, TAPECLOCK_TELEMETRY_TRACE_SHARE: '1' },
  });
  t.after(async () => {
    await product.stop();
    await sink.close();
    rmSync(product.dataDir, { recursive: true, force: true });
  });
  const world = await openWorld(product);

  await t.test('a trade that came over FIX', async () => {
    const peer = await fixPeer(world, 'DEMO44');
    await peer.logon();
    peer.send('8', executionReport(world, 'TRACE-1'));
    await accepted(world, 'TRACE-1');
    const events = await eventsOf(product.dataDir, 'TRACE-1');
    assert.deepEqual(
      events.map(({ type }) => type),
      ['ExecutionReceived', 'TradeReportable', 'ReportIntended', 'ReportAccepted'],
    );
    assert.equal(new Set(events.map(({ event }) => event.meta.traceparent)).size, 1);

    const spans = await traceOf(world, sink, traceIdOf(events[0]));
    assert.deepEqual(
      spans.map(({ name }) => name),
      ['trade', 'source', 'gateway', 'enrichment', 'intent', 'send', 'facility'],
    );
    const [whole, ...stages] = spans;
    assert.ok(whole !== undefined);
    assert.equal(whole.spanId, events[0]?.event.meta.traceparent?.split('-')[2]);
    assert.ok(stages.every(({ parentSpanId }) => parentSpanId === whole.spanId));
    const { stamps } = events.at(-1)?.event.meta ?? assert.fail();
    assert.equal(whole.startNs, stamps.executedNs);
    assert.equal(whole.endNs, stamps.answeredNs);
    assert.equal(spans.find(({ name }) => name === 'gateway')?.startNs, stamps.receivedNs);
    assert.equal(spans.find(({ name }) => name === 'facility')?.startNs, stamps.sentNs);
    for (const [index, stage] of stages.entries()) {
      assert.equal(
        stage.startNs,
        stages[index - 1]?.endNs ?? whole.startNs,
        `${stage.name} begins elsewhere`,
      );
    }
    assert.equal(whole.attributes['tapeclock.outcome'], 'accepted');
    assert.equal(events[0]?.event.meta.producer, 'fix-gateway');
    assert.deepEqual([...new Set(spans.map(({ service }) => service))], ['tapeclock-watch']);
    assert.ok(product.pid('hot') !== product.pid('watch'));
    peer.hangUp();
  });

  await t.test('a late trade that a person put right has a trace that says how long that took', async () => {
    const executedNs = world.clock.nowNs() - 20n * NS_PER_SECOND;
    const record = world.execution({ symbol: 'NOSUCHX', executedAt: rfc3339FromNs(executedNs) });
    assert.equal((await world.send(record)).status, 202);
    const { repair, fields } = await repairItem(
      world,
      record.executionId,
      { code: 'SYMBOL_UNKNOWN', field: 'symbol', value: 'NOSUCHX' },
      record.executionId,
    );
    const acted = await world.board.act(`/api/repairs/${repair.repairId}/resubmit`, {
      fields: { ...fields, symbol: 'IBM' },
      reason: 'the desk confirmed IBM',
    });
    assert.equal(acted.status, 202);
    await accepted(world, record.executionId);
    const last = (await eventsOf(product.dataDir, record.executionId)).at(-1);
    const spans = await traceOf(world, sink, traceIdOf(last));
    assert.deepEqual(
      spans.map(({ name }) => name),
      ['trade', 'repair', 'intent', 'send', 'facility'],
    );
    assert.equal(spans[0]?.attributes['tapeclock.outcome'], 'late');
  });

  await t.test('neither symbol, price nor password goes to the collector', () => {
    for (const secret of ['MSFT', 'IBM', '418.72', '231.25', 'ALPB', product.fixPassword]) {
      assert.ok(!sink.text().includes(secret), secret);
    }
  });

  await t.test('the histograms’ exemplars name the same trace', async () => {
    const [event] = await eventsOf(product.dataDir, 'TRACE-1');
    const metrics = await fetch(`http://127.0.0.1:${product.ports.watchHealth}/metrics`);
    assert.ok((await metrics.text()).includes(`traceID="${traceIdOf(event)}"`));
  });
});
