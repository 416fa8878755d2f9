/**
 * Append → consume latency of the embedded log: a producer at a fixed rate (open model: lateness of the producer counts),
 * a consumer in the same process and one in another process, both woken by the log.
 *
 *   node packages/event-log/bench/append.ts [ratePerSecond=2000] [seconds=10] [valueBytes=600] [partitions=16]
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { NS_PER_MS, NS_PER_SECOND } from '@tapeclock/domain';
import { sleep, systemClock } from '@tapeclock/ports';
import { type EventLog, openEmbeddedLog } from '../src/index.ts';

const clock = systemClock();
const [role, ...rest] = process.argv.slice(2);
if (role === 'consume') await consumeElsewhere(rest[0] ?? '', Number(rest[1]), Number(rest[2]));
else
  await produce(Number(role ?? 2000), Number(rest[0] ?? 10), Number(rest[1] ?? 600), Number(rest[2] ?? 16));

async function produce(rate: number, seconds: number, valueBytes: number, partitions: number): Promise<void> {
  const directory = mkdtempSync(`${process.env.BENCH_DIRECTORY ?? tmpdir()}/event-log-bench-`);
  const log = await openEmbeddedLog({ directory, clock, topics: [{ name: 'bench', partitions }] });
  const expected = rate * seconds;
  const other = spawn(
    process.execPath,
    [fileURLToPath(import.meta.url), 'consume', directory, String(partitions), String(expected)],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const answers = lines(other.stdout);
  await answers.next();
  const here = consume(log, partitions, expected);

  const appended: number[] = [];
  const pending: Promise<unknown>[] = [];
  const startNs = clock.monotonicNs();
  for (let sent = 0; sent < expected; ) {
    const due = Math.min(
      expected,
      1 + Number(((clock.monotonicNs() - startNs) * BigInt(rate)) / NS_PER_SECOND),
    );
    for (; sent < due; sent += 1) {
      // Each record counts from when it should have been sent.
      const dueNs = startNs + (BigInt(sent) * NS_PER_SECOND) / BigInt(rate);
      const value = Buffer.alloc(valueBytes);
      value.writeBigInt64LE(dueNs, 0);
      pending.push(
        log
          .append([
            {
              topic: 'bench',
              key: `L${sent}`,
              value,
              headers: { traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01' },
            },
          ])
          .then(() => {
            appended.push(ms(clock.monotonicNs() - dueNs));
          }),
      );
    }
    await sleep(clock, NS_PER_MS);
  }
  await Promise.all(pending);
  const elapsedMs = ms(clock.monotonicNs() - startNs);
  const consumed = await here;
  const elsewhere = JSON.parse((await answers.next()).value ?? '[]') as number[];
  await log.close();
  rmSync(directory, { recursive: true, force: true });
  console.log(
    JSON.stringify(
      {
        machine: `${cpus()[0]?.model.trim()} × ${cpus().length}`,
        node: process.version,
        rate,
        seconds,
        valueBytes,
        partitions,
        achievedRate: Math.round((expected * 1000) / elapsedMs),
        appendMs: distribution(appended),
        consumeSameProcessMs: distribution(consumed),
        consumeOtherProcessMs: distribution(elsewhere),
      },
      null,
      1,
    ),
  );
}

async function consumeElsewhere(directory: string, partitions: number, expected: number): Promise<void> {
  const log = await openEmbeddedLog({ directory, clock, topics: [{ name: 'bench', partitions }] });
  const done = consume(log, partitions, expected);
  console.log('ready');
  console.log(JSON.stringify(await done));
  await log.close();
}

/** Reads what is there, waits for the next wake-up, until `expected` records have been seen. */
async function consume(log: EventLog, partitions: number, expected: number): Promise<number[]> {
  const latencies: number[] = [];
  const next = Array.from({ length: partitions }, () => 0n);
  let woken = Promise.withResolvers<void>();
  log.onAppended('bench', () => woken.resolve());
  while (latencies.length < expected) {
    let found = 0;
    for (let partition = 0; partition < partitions; partition += 1) {
      const records = await log.read('bench', partition, next[partition] ?? 0n, {
        recordsMax: 500,
        bytesMax: 1024 * 1024,
      });
      for (const record of records) {
        latencies.push(
          ms(
            clock.monotonicNs() -
              Buffer.from(record.value.buffer, record.value.byteOffset, 8).readBigInt64LE(0),
          ),
        );
        next[partition] = record.offset + 1n;
        found += 1;
      }
    }
    if (found > 0) continue;
    await woken.promise;
    woken = Promise.withResolvers();
  }
  return latencies;
}

function distribution(values: readonly number[]): Record<string, number> {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number): number =>
    Math.round((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0) * 100) / 100;
  return { count: sorted.length, p50: at(0.5), p90: at(0.9), p99: at(0.99), p999: at(0.999), max: at(1) };
}

function ms(ns: bigint): number {
  return Number(ns) / 1e6;
}

async function* lines(stream: AsyncIterable<Buffer>): AsyncGenerator<string> {
  let text = '';
  for await (const chunk of stream) {
    text += chunk.toString();
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n')) {
      yield text.slice(0, end);
      text = text.slice(end + 1);
    }
  }
}
