import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { rfc3339FromNs } from '@tapeclock/domain';
import { loadReference, startEnrichment } from '@tapeclock/enrichment';
import { type LogError, openEmbeddedLog } from '@tapeclock/event-log';
import { diskFileStore, sleep, systemClock, systemRandom, tcpNetwork } from '@tapeclock/ports';
import { startRestGateway } from '@tapeclock/rest-gateway';
import {
  type AnyEvent,
  createEventCodec,
  embeddedRegistry,
  releasedSchemas,
  TOPICS,
  topicDeclarations,
} from '@tapeclock/schemas';
import { loadRulebook } from '@tapeclock/service';
import { silentTelemetry } from '@tapeclock/telemetry';
import { sha256Hex } from '../../src/demo-credentials.ts';
import { eventsOf } from '../../src/log-reader.ts';
import { REFERENCE_FOLDER, RULEBOOK_FOLDER } from '../../src/product-folders.ts';

const KEY = 'the-key-of-this-test';
const POLL_NS = 10_000_000n;

test('a full disk: the sender is told to come back, nothing is lost, and when there is room all of it is decided once', {
  timeout: 60_000,
}, async (t) => {
  const directory = mkdtempSync(join(tmpdir(), 'tapeclock-full-'));
  const clock = systemClock();
  const codec = await createEventCodec(embeddedRegistry(), releasedSchemas);
  const alerts: LogError[] = [];
  const log = await openEmbeddedLog({
    directory,
    clock,
    topics: topicDeclarations,
    onAlert: (error) => alerts.push(error),
  });
  const environment = (name: string) => ({
    clock,
    codec,
    log,
    random: systemRandom,
    network: tcpNetwork,
    files: diskFileStore(join(directory, name)),
    telemetry: silentTelemetry,
    processName: 'test',
    memberId: name,
  });
  const gateway = await startRestGateway(environment('rest-gateway'), {
    port: 0,
    keys: [{ name: 'test', source: 'OMS', sha256: sha256Hex(KEY) }],
  });
  const enrichment = await startEnrichment(environment('enrichment'), {
    reference: await loadReference(diskFileStore(REFERENCE_FOLDER), ''),
    rulebook: await loadRulebook(RULEBOOK_FOLDER),
  });
  t.after(async () => {
    await gateway.stop();
    await enrichment.stop();
    await log.close();
    rmSync(directory, { recursive: true, force: true });
  });

  let count = 0;
  const record = () => {
    count += 1;
    return {
      executionId: `F${count}`,
      symbol: 'AAPL',
      side: 'B',
      quantity: '100',
      price: '231.25',
      executedAt: rfc3339FromNs(clock.nowNs()),
      mpid: 'TCLK',
      contraMpid: 'ALPB',
      capacity: 'P',
      executingParty: 'Y',
      orderId: 'x'.repeat(60),
    };
  };
  const send = (body: object) =>
    fetch(`http://127.0.0.1:${gateway.port}/v1/executions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  const told = async (type: AnyEvent['type']): Promise<readonly string[]> => {
    const ids: string[] = [];
    for await (const event of eventsOf(
      log,
      codec,
      type === 'TradeReportable' ? TOPICS.tradesReportable : TOPICS.executionsReceived,
    )) {
      if (event?.type === 'TradeReportable' || event?.type === 'ExecutionReceived')
        ids.push(event.event.sourceExecutionId);
    }
    return ids.sort();
  };
  const until = async (what: string, done: () => Promise<boolean>) => {
    const endNs = clock.monotonicNs() + 10_000_000_000n;
    while (!(await done())) {
      assert.ok(clock.monotonicNs() < endNs, what);
      await sleep(clock, POLL_NS);
    }
  };

  await t.test(
    'where executions are taken in: 503 with Retry-After, and the same again is safe',
    async () => {
      await log.limitPages(TOPICS.executionsReceived, 60);
      let refused = record();
      let answer = await send(refused);
      const taken: string[] = [];
      while (answer.status === 202) {
        taken.push(refused.executionId);
        refused = record();
        answer = await send(refused);
      }
      assert.equal(answer.status, 503);
      assert.equal(answer.headers.get('retry-after'), '1');
      const problem = (await answer.json()) as Record<string, string>;
      assert.equal(problem.code, 'LOG_UNAVAILABLE');
      assert.equal(problem.detail, 'DISK_FULL');
      assert.match(problem.action ?? '', /send the same again: that is safe/);
      assert.ok(alerts.some(({ code, message }) => code === 'DISK_FULL' && /make room/.test(message)));
      assert.equal((await send(refused)).status, 503, 'also the second time: it was not taken');
      await log.limitPages(TOPICS.executionsReceived, null);
      const again = await send(refused);
      assert.equal(again.status, 202);
      assert.equal(
        ((await again.json()) as { status: string }).status,
        'accepted',
        'it was not taken before',
      );
      assert.deepEqual(await told('ExecutionReceived'), [...taken, refused.executionId].sort());
      await until('all decided', async () => (await told('TradeReportable')).length === count);
    },
  );

  await t.test(
    'where decisions are written: the stream waits, goes on by itself, and decides each once',
    async () => {
      await log.limitPages(TOPICS.tradesReportable, 1);
      const before = alerts.length;
      for (let n = 0; n < 40; n += 1) assert.equal((await send(record())).status, 202, 'the doors stay open');
      await until('the alert', async () => alerts.length > before);
      assert.ok((await told('TradeReportable')).length < count);
      await log.limitPages(TOPICS.tradesReportable, null);
      await until('all decided', async () => (await told('TradeReportable')).length >= count);
      assert.deepEqual(await told('TradeReportable'), await told('ExecutionReceived'));
    },
  );
});
