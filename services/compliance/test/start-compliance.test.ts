import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { memoryEventLog } from '@tapeclock/event-log';
import { memoryFileStore, seededRandom, virtualClock, virtualNetwork } from '@tapeclock/ports/virtual';
import { topicDeclarations } from '@tapeclock/schemas';
import type { ServiceEnvironment } from '@tapeclock/service';
import { silentTelemetry } from '@tapeclock/telemetry';
import { ensureSeedAccounts, startCompliance } from '../src/index.ts';
import { idOf, received, TEN, trade } from './events.ts';
import { BOARD, codec, RULEBOOK_FILES, record } from './harness.ts';

function environment() {
  const clock = virtualClock(TEN);
  const random = seededRandom(5);
  const memory = memoryEventLog({ clock, topics: topicDeclarations });
  const log = memory.handle('desk');
  const built: ServiceEnvironment = {
    clock,
    random,
    network: virtualNetwork({ clock, random }).host('desk'),
    files: memoryFileStore(),
    log,
    codec,
    telemetry: silentTelemetry,
    processName: 'desk',
    memberId: 'desk-1',
  };
  return { clock, environment: built };
}

async function stop(service: { stop(): Promise<void> }, clock: ReturnType<typeof virtualClock>) {
  const stopped = service.stop();
  await clock.advance(1_000_000_000n);
  await stopped;
}

test('a seeded account signs in over the network and sees a trade; any page is the board', async () => {
  const webRoot = mkdtempSync(join(tmpdir(), 'board-'));
  writeFileSync(join(webRoot, 'index.html'), '<!doctype html><title>Board</title>');
  const { clock, environment: built } = environment();
  const [officer] = await ensureSeedAccounts(built.files, built.random);
  const service = await startCompliance(built, {
    readModelFile: ':memory:',
    http: { port: 0, webRoot, rulebookFiles: RULEBOOK_FILES },
  });
  await built.log.append([record(received(trade('E1')))]);
  await clock.advance(1_000_000_000n);
  assert.equal(service.ready(), true);

  const base = `http://127.0.0.1:${service.port}`;
  const signIn = await fetch(`${base}/api/session`, {
    method: 'POST',
    headers: { ...BOARD, 'content-type': 'application/json' },
    body: JSON.stringify({ name: officer!.name, password: officer!.password }),
  });
  assert.equal(signIn.status, 200);
  const cookie = signIn.headers.getSetCookie()[0]!.split(';')[0]!;
  const trades = (await (await fetch(`${base}/api/trades`, { headers: { cookie } })).json()) as {
    items: { executionId: string }[];
  };
  assert.deepEqual(
    trades.items.map((row) => row.executionId),
    [idOf(trade('E1'))],
  );
  for (const path of ['/', '/trades/X1', '/repairs']) {
    const page = await fetch(base + path);
    assert.equal(page.status, 200, path);
    assert.match(await page.text(), /<title>Board/);
  }
  await stop(service, clock);
  rmSync(webRoot, { recursive: true });
});

test('without HTTP it keeps the read model alone', async () => {
  const { clock, environment: built } = environment();
  const service = await startCompliance(built, { readModelFile: ':memory:', http: null });
  await built.log.append([record(received(trade('E1')))]);
  const seen = service.caughtUp();
  await clock.advance(1_000_000_000n);
  await seen;
  assert.equal((await service.model.queries.trade(idOf(trade('E1'))))?.state, 'RECEIVED');
  assert.equal(service.port, null);
  await stop(service, clock);
});
