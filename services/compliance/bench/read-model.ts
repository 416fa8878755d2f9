/**
 * How fast the read model takes events in: `node services/compliance/bench/read-model.ts [trades] [batch] [file]`.
 * Five events a trade, decoded beforehand, so that what is measured is apply alone; prints events and trades per
 * second of wall time and the share of one core that 2,000 trades a second would need.
 */
import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '@tapeclock/ports';
import {
  type AnyEvent,
  createEventCodec,
  embeddedRegistry,
  releasedSchemas,
  topicOf,
} from '@tapeclock/schemas';
import type { PlacedEvent } from '../src/read-model/placed-event.ts';
import { sqliteReadModel } from '../src/read-model/sqlite/sqlite-read-model.ts';
import { accepted, intended, met, received, reportable, TEN, trade } from '../test/events.ts';

const [trades = 40_000, batchSize = 500] = process.argv.slice(2, 4).map(Number);
const file = process.argv[4] ?? join(tmpdir(), `read-model-bench-${process.pid}.sqlite`);
const clock = systemClock();
const codec = await createEventCodec(embeddedRegistry(), releasedSchemas);
const model = sqliteReadModel(file);
const symbols = Array.from({ length: 500 }, (_, index) => `SYM${index}`);
const offsets = new Map<string, bigint>();

function placed(input: AnyEvent): PlacedEvent {
  const topic = topicOf(input.type);
  const offset = offsets.get(topic) ?? 0n;
  offsets.set(topic, offset + 1n);
  const value = codec.encode(input.type as 'ExecutionReceived', input.event as never);
  return { ...input, position: { topic, partition: 0, offset }, appendedNs: TEN, value };
}

let spentNs = 0n;
let events = 0;
// In steady state the trades of a few milliseconds are under way together, so their events come interleaved.
for (let from = 0; from < trades; from += batchSize / 5) {
  const slice = Array.from({ length: batchSize / 5 }, (_, index) =>
    trade(`E${from + index}`, {
      executedNs: TEN + BigInt(from + index) * 500_000n,
      symbol: symbols[(from + index) % symbols.length] ?? '',
    }),
  );
  const batch = [received, reportable, intended, accepted, met].flatMap((make) =>
    slice.map((t) => placed(make(t))),
  );
  const half = batch.length >> 1;
  const startNs = clock.monotonicNs();
  await model.apply(batch.slice(0, half));
  await model.apply(batch.slice(half));
  spentNs += clock.monotonicNs() - startNs;
  events += batch.length;
}
const seconds = Number(spentNs) / 1e9;
console.log(`${events} events of ${trades} trades in batches of ${batchSize / 2}: ${seconds.toFixed(2)} s`);
console.log(`${Math.round(events / seconds)} events/s, ${Math.round(trades / seconds)} trades/s`);
console.log(`2,000 trades/s would take ${((2_000 * seconds * 100) / trades).toFixed(0)} % of one core`);
await model.close();
for (const suffix of ['', '-wal', '-shm']) rmSync(file + suffix, { force: true });
