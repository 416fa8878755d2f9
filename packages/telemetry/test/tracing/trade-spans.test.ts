import assert from 'node:assert/strict';
import test from 'node:test';
import { emptyResource } from '@opentelemetry/resources';
import { tradeSpans } from '../../src/tracing/trade-spans.ts';
import { sampleTrade } from './sample-trade.ts';

test('one span for the whole under its traceparent, one below for each stage, with explicit times', () => {
  const spans = tradeSpans(sampleTrade('1', 'late'), emptyResource());
  const [root, ...stages] = spans;
  assert.equal(root?.name, 'trade');
  assert.equal(root?.spanContext().spanId, '00f067aa0ba902b7');
  assert.equal(root?.parentSpanContext, undefined);
  assert.deepEqual(root?.duration, [0, 9_000_000]);
  assert.equal(root?.status.message, 'late');
  assert.deepEqual(
    stages.map(({ name }) => name),
    ['source', 'gateway', 'enrichment', 'intent', 'send', 'facility'],
  );
  for (const stage of stages) {
    assert.equal(stage.parentSpanContext?.spanId, '00f067aa0ba902b7');
    assert.equal(stage.spanContext().traceId, root?.spanContext().traceId);
  }
  assert.equal(new Set(spans.map((span) => span.spanContext().spanId)).size, spans.length);
});

test('a replay makes the same spans again', () => {
  const ids = () => tradeSpans(sampleTrade('1'), emptyResource()).map((span) => span.spanContext().spanId);
  assert.deepEqual(ids(), ids());
});

test('a trade without trace or stamps makes none', () => {
  assert.deepEqual(tradeSpans({ ...sampleTrade('1'), traceparent: null }, emptyResource()), []);
  const { stamps } = sampleTrade('1');
  const unseen = { ...stamps, executedNs: null, receivedNs: null };
  assert.deepEqual(tradeSpans({ ...sampleTrade('1'), stamps: unseen }, emptyResource()), []);
});
