import { createHash } from 'node:crypto';
import { type Attributes, type HrTime, SpanKind, SpanStatusCode, TraceFlags } from '@opentelemetry/api';
import type { Resource } from '@opentelemetry/resources';
import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import { NS_PER_SECOND, type Ns } from '@tapeclock/domain';
import { stageTimes } from './stages.ts';
import { parseTraceparent } from './traceparent.ts';
import type { TradeTrace } from './trade-trace.ts';

const SCOPE = { name: 'tapeclock' };
const SPAN_ID_HEX = 16;

/**
 * The spans of one trade, made after the fact from its stamps: one for the whole, named by its traceparent, and one
 * for each stage below it. Ids follow from the trade alone, so that a replay makes the same spans again and not others.
 * Attributes name the trade and its fate; never its symbol, price, size or parties.
 */
export function tradeSpans(trade: TradeTrace, resource: Resource): readonly ReadableSpan[] {
  const context = parseTraceparent(trade.traceparent);
  const stages = stageTimes(trade.stamps);
  const first = stages[0];
  const last = stages.at(-1);
  if (context === null || first === undefined || last === undefined) return [];
  const attributes: Attributes = {
    'tapeclock.execution_id': trade.executionId,
    'tapeclock.lineage_id': trade.lineageId,
    'tapeclock.outcome': trade.outcome,
    ...(trade.reportId === null ? {} : { 'tapeclock.report_id': trade.reportId }),
    ...(trade.facility === null ? {} : { 'tapeclock.facility': trade.facility }),
  };
  const failed = trade.outcome !== 'accepted';
  const span = (
    name: string,
    spanId: string,
    startNs: Ns,
    endNs: Ns,
    parentSpanId: string | null,
    own: Attributes,
  ): ReadableSpan => ({
    name,
    kind: name === 'facility' ? SpanKind.CLIENT : SpanKind.INTERNAL,
    spanContext: () => ({ traceId: context.traceId, spanId, traceFlags: TraceFlags.SAMPLED }),
    ...(parentSpanId === null
      ? {}
      : {
          parentSpanContext: {
            traceId: context.traceId,
            spanId: parentSpanId,
            traceFlags: TraceFlags.SAMPLED,
          },
        }),
    startTime: hrTime(startNs),
    endTime: hrTime(endNs),
    duration: hrTime(endNs - startNs),
    status:
      failed && parentSpanId === null
        ? { code: SpanStatusCode.ERROR, message: trade.outcome }
        : { code: SpanStatusCode.UNSET },
    attributes: own,
    links: [],
    events: [],
    ended: true,
    resource,
    instrumentationScope: SCOPE,
    droppedAttributesCount: 0,
    droppedEventsCount: 0,
    droppedLinksCount: 0,
  });
  return [
    span('trade', context.spanId, first.startNs, last.endNs, null, attributes),
    ...stages.map(({ stage, startNs, endNs }) =>
      span(stage, childSpanId(context.spanId, stage), startNs, endNs, context.spanId, {}),
    ),
  ];
}

function childSpanId(parentSpanId: string, stage: string): string {
  return createHash('sha256').update(`${parentSpanId}/${stage}`).digest('hex').slice(0, SPAN_ID_HEX);
}

function hrTime(ns: Ns): HrTime {
  return [Number(ns / NS_PER_SECOND), Number(ns % NS_PER_SECOND)];
}
