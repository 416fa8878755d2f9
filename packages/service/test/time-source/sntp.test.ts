import assert from 'node:assert/strict';
import { createSocket } from 'node:dgram';
import test from 'node:test';
import { NS_PER_MS, NS_PER_SECOND } from '@tapeclock/domain';
import { systemClock } from '@tapeclock/ports';
import { virtualClock } from '@tapeclock/ports/virtual';
import { silentTelemetry } from '@tapeclock/telemetry';
import { askSntp, watchOffset } from '../../src/index.ts';
import { ntpFromNs, offsetFrom } from '../../src/time-source/sntp.ts';

const T = 1_795_532_400_000_000_000n;

function answer(sentNs: bigint, serverNs: bigint): Buffer {
  const packet = Buffer.alloc(48);
  packet[0] = 0x24;
  packet[1] = 2;
  packet.writeBigUInt64BE(ntpFromNs(sentNs), 24);
  packet.writeBigUInt64BE(ntpFromNs(serverNs), 32);
  packet.writeBigUInt64BE(ntpFromNs(serverNs), 40);
  return packet;
}

test('the offset is host minus server, half the way out and half the way back', () => {
  const delayNs = 10n * NS_PER_MS;
  const aheadNs = 75n * NS_PER_MS;
  const offset = offsetFrom(answer(T, T + delayNs / 2n - aheadNs), T, T + delayNs);
  assert.ok(typeof offset === 'bigint');
  const error = offset - aheadNs;
  assert.ok(error > -10n && error < 10n, `off by ${error} ns`);
});

test('what is no answer to our own question is refused', () => {
  const good = answer(T, T);
  assert.ok(offsetFrom(good, T + NS_PER_SECOND, T) instanceof Error);
  assert.ok(offsetFrom(good.subarray(0, 40), T, T) instanceof Error);
  const kiss = Buffer.from(good);
  kiss[1] = 0;
  assert.ok(offsetFrom(kiss, T, T) instanceof Error);
  const request = Buffer.from(good);
  request[0] = 0x23;
  assert.ok(offsetFrom(request, T, T) instanceof Error);
});

test('asks a server over UDP', async (t) => {
  const clock = systemClock();
  const server = createSocket('udp4');
  t.after(() => server.close());
  server.on('message', (packet, from) => {
    const reply = answer(0n, clock.nowNs() - NS_PER_SECOND);
    packet.copy(reply, 24, 40, 48);
    server.send(reply, from.port, from.address);
  });
  await new Promise<void>((bound) => server.bind(0, '127.0.0.1', bound));
  const offset = await askSntp({
    host: '127.0.0.1',
    port: server.address().port,
    clock,
    timeoutNs: 5n * NS_PER_SECOND,
  });
  assert.ok(offset > 0n && offset < 2n * NS_PER_SECOND, `${offset}`);
});

test('the watch keeps the last offset, asks each minute, and lives through silence', async () => {
  const clock = virtualClock();
  const answers = [60n * NS_PER_MS, null, 5n * NS_PER_MS];
  const errors: string[] = [];
  const telemetry = {
    ...silentTelemetry,
    logger: { ...silentTelemetry.logger, error: (text: string) => void errors.push(text) },
  };
  const watch = watchOffset(async () => answers.shift() ?? Promise.reject(new Error('silence')), {
    clock,
    telemetry,
  });
  assert.equal(watch.offsetNs(), null);
  await clock.advance(NS_PER_SECOND);
  assert.equal(watch.offsetNs(), 60n * NS_PER_MS);
  assert.equal(errors.length, 1);
  await clock.advance(60n * NS_PER_SECOND);
  assert.equal(watch.offsetNs(), 60n * NS_PER_MS);
  await clock.advance(60n * NS_PER_SECOND);
  assert.equal(watch.offsetNs(), 5n * NS_PER_MS);
  watch.stop();
  assert.equal(errors.length, 1);
});
