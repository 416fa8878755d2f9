import {
  type AnyEvent,
  type DeskActed,
  type EncodedEvent,
  type EventCodec,
  type ExecutionReceived,
  TOPICS,
} from '@tapeclock/schemas';
import type { Processor } from '@tapeclock/service';
import type { EnrichmentSettings } from './config.ts';
import { discard, isForEnrichment, resubmit } from './desk-acts.ts';
import { conflict, type Enricher, enrich } from './enrich.ts';
import { entryOf, type Lineage } from './lineage/lineage.ts';
import { LineageStore } from './lineage/lineage-store.ts';
import {
  noteRepairClosed,
  noteRepairOpened,
  noteReportable,
  restoreEvent,
  settleAction,
} from './lineage/restore.ts';
import { closedOutput, ENRICHMENT, type Moment, type Output, outputIds } from './outputs.ts';
import type { ReferenceView } from './reference/reference-book.ts';
import { subjectOfReceived } from './subject.ts';

/**
 * The service's heart. Each execution gives exactly one of: reports, one repair item, or nothing because it was
 * seen before. `reference` may change between steps; every decision's trace names the version it used.
 */
export function enrichmentProcessor(
  settings: EnrichmentSettings,
  reference: ReferenceView,
  host: {
    readonly clockOffsetNs?: (() => bigint | null) | undefined;
    readonly onEvictedEarly?: ((count: number) => void) | undefined;
  } = {},
): Processor<LineageStore> {
  const enricher: Enricher = { settings, reference };
  return {
    name: ENRICHMENT,
    inputs: [TOPICS.executionsReceived, TOPICS.deskActions],
    restoreFrom: [
      { topic: TOPICS.executionsReceived, horizonNs: settings.horizonNs },
      { topic: TOPICS.tradesReportable, horizonNs: settings.horizonNs },
      { topic: TOPICS.executionsRejected, horizonNs: settings.repairHorizonNs },
    ],
    init: () => new LineageStore({ ...settings, onEvictedEarly: host.onEvictedEarly }),
    restore: restoreEvent,
    step(store, input, context) {
      const moment: Moment = { nowNs: context.nowNs, clockOffsetNs: host.clockOffsetNs?.() ?? null };
      return stepOf(enricher, store, input, moment).map((output) => encode(output, context.codec));
    },
  };
}

function stepOf(enricher: Enricher, store: LineageStore, input: AnyEvent, moment: Moment): readonly Output[] {
  if (input.type === 'ExecutionReceived') return received(enricher, store, input.event, moment);
  if (input.type === 'DeskActed' && isForEnrichment(input.event)) {
    return acted(enricher, store, input.event, moment);
  }
  return [];
}

function received(
  enricher: Enricher,
  store: LineageStore,
  event: ExecutionReceived,
  moment: Moment,
): readonly Output[] {
  const lineage = store.touch(event.meta.lineageId, moment.nowNs);
  const known = entryOf(lineage, event.sourceExecutionId);
  if (known !== null && isRepeat(lineage, known.hash, event)) {
    store.counts.duplicates += 1;
    settleAction(known, event);
    return note(store, lineage, superseded(lineage, event, moment));
  }
  const subject = subjectOfReceived(event);
  if (known?.status === 'TOLD') return note(store, lineage, conflict(enricher, lineage, subject, moment));

  const made = enrich(enricher, lineage, subject, moment);
  if (known === null) {
    lineage.entries.push({
      sourceExecutionId: event.sourceExecutionId,
      action: event.action,
      hash: event.contentHash,
      revision: event.revision,
      status: 'UNTOLD',
      isProvisional: false,
    });
  } else {
    // Nothing had been told on under this id, so the newer content simply takes the older one's place.
    known.hash = event.contentHash;
    known.status = 'UNTOLD';
    known.isProvisional = false;
  }
  note(store, lineage, made);
  const closings = note(store, lineage, superseded(lineage, event, moment));
  return closings.length === 0 ? made : [...made, ...closings];
}

/** The same content again, whether it was told on or waits in repair. */
function isRepeat(lineage: Lineage, hash: string, event: ExecutionReceived): boolean {
  if (hash === event.contentHash) return true;
  if (lineage.trouble === null) return false;
  const repairId = outputIds.repair(event.executionId, event.contentHash);
  return lineage.trouble.repairs.some((item) => item.repairId === repairId);
}

/** Open items of this id that newer content has overtaken. */
function superseded(lineage: Lineage, event: ExecutionReceived, moment: Moment): readonly Output[] {
  if (lineage.trouble === null) return NONE;
  const entry = entryOf(lineage, event.sourceExecutionId);
  const own = outputIds.repair(event.executionId, event.contentHash);
  return lineage.trouble.repairs
    .filter(
      (item) =>
        item.open &&
        item.kind === 'CONTENT' &&
        item.sourceExecutionId === event.sourceExecutionId &&
        // While nothing is told on, the newest content's own item is the one that stays open.
        (entry?.status === 'TOLD' || (entry?.hash === event.contentHash && item.repairId !== own)),
    )
    .map((item) =>
      closedOutput(
        event.meta,
        {
          repairId: item.repairId,
          resolution: 'SUPERSEDED',
          actor: null,
          reason: 'The source sent this id again with other content.',
          executionId: event.executionId,
        },
        moment,
      ),
    );
}

const NONE: readonly Output[] = [];

function acted(enricher: Enricher, store: LineageStore, act: DeskActed, moment: Moment): readonly Output[] {
  const lineage = store.touch(act.meta.lineageId, moment.nowNs);
  const outputs =
    act.verb === 'DISCARD' ? discard(lineage, act, moment) : resubmit(enricher, lineage, act, moment);
  return note(store, lineage, outputs);
}

/** Takes what was just made into the state, by the very functions that rebuild it from the log. */
function note(store: LineageStore, lineage: Lineage, outputs: readonly Output[]): readonly Output[] {
  for (const output of outputs) {
    switch (output.type) {
      case 'TradeReportable':
        store.counts.reportable += 1;
        noteReportable(lineage, output.event);
        break;
      case 'RepairOpened':
        store.counts.repairs += 1;
        noteRepairOpened(lineage, output.event);
        break;
      case 'RepairClosed':
        noteRepairClosed(lineage, output.event);
        break;
    }
  }
  return outputs;
}

function encode(output: Output, codec: EventCodec): EncodedEvent {
  switch (output.type) {
    case 'TradeReportable':
      return codec.record('TradeReportable', output.event);
    case 'RepairOpened':
      return codec.record('RepairOpened', output.event);
    case 'RepairClosed':
      return codec.record('RepairClosed', output.event);
  }
}
