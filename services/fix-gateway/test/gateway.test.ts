import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import test from 'node:test';
import { memoryEventLog } from '@tapeclock/event-log';
import { type Field, memorySessionStore, startInitiator } from '@tapeclock/fix';
import { memoryFileStore, seededRandom, virtualClock, virtualNetwork } from '@tapeclock/ports/virtual';
import {
  createEventCodec,
  type ExecutionReceived,
  embeddedRegistry,
  type RepairOpened,
  releasedSchemas,
  TOPICS,
  topicDeclarations,
} from '@tapeclock/schemas';
import { silentTelemetry } from '@tapeclock/telemetry';
import { type GatewaySession, readProfiles, startFixGateway } from '../src/index.ts';

const codec = await createEventCodec(embeddedRegistry(), releasedSchemas);
const SECOND = 1_000_000_000n;
const settings: GatewaySession = {
  sessionId: 'OMS-1',
  beginString: 'FIX.4.4',
  senderCompId: 'OMS',
  targetCompId: 'TAPECLOCK',
  source: 'OMS',
  mpid: 'TAPE',
  profile: 'drop-copy',
  passwordSha256: createHash('sha256').update('open sesame').digest('hex'),
  remoteAddresses: ['127.0.0.1'],
};

async function world(seed = 1) {
  const clock = virtualClock();
  const network = virtualNetwork({ clock, random: seededRandom(seed) });
  const memory = memoryEventLog({ clock, topics: topicDeclarations, appendDelayNs: 500_000n });
  const start = (processName: string) =>
    startFixGateway(
      {
        clock,
        random: seededRandom(2),
        network: network.host(processName),
        files: memoryFileStore(),
        log: memory.handle(processName),
        codec,
        telemetry: silentTelemetry,
        processName,
        memberId: processName,
      },
      { host: '127.0.0.1', port: 9880, sessions: [settings], profiles: readProfiles() },
    );
  const store = memorySessionStore();
  const heard: string[] = [];
  const connect = (password = 'open sesame') =>
    startInitiator({
      network: network.host('oms'),
      clock,
      host: '127.0.0.1',
      port: 9880,
      session: {
        sessionId: 'to-gateway',
        role: 'initiator',
        beginString: 'FIX.4.4',
        senderCompId: 'OMS',
        targetCompId: 'TAPECLOCK',
        password,
      },
      store,
      onMessage: async (_session, { message }) =>
        void heard.push(`${message.msgType} ${message.string(58) ?? ''}`),
      onState() {},
    });
  const received = () =>
    memory
      .records(TOPICS.executionsReceived)
      .map((record) => codec.decode(record.value).event as ExecutionReceived);
  const repairs = () =>
    memory
      .records(TOPICS.executionsRejected)
      .map((record) => codec.decode(record.value).event as RepairOpened);
  const states = () =>
    memory.records(TOPICS.systemStatus).map((record) => {
      const event = codec.decode(record.value);
      return event.type === 'SessionStateChanged' ? event.event.state : '';
    });
  return { clock, network, memory, start, connect, received, repairs, states, heard };
}

const execution = (id: string): { msgType: string; fields: Field[] } => ({
  msgType: '8',
  fields: [
    [37, 'O1'],
    [17, id],
    [150, 'F'],
    [39, '2'],
    [55, 'IBM'],
    [54, '1'],
    [32, '100'],
    [31, '10.25'],
    [60, '20261124-15:00:00.000000001'],
    [528, 'P'],
  ],
});

test('an execution sent over FIX is on the log, with its session, number and the message as it came', async () => {
  const { clock, start, connect, received, states } = await world();
  await start('hot');
  const oms = await connect();
  await clock.advance(SECOND);
  await oms.send(execution('E1')).catch(() => {});
  await clock.advance(SECOND);
  const [event] = received();
  assert.deepEqual(
    [event?.sourceExecutionId, event?.channel, event?.sessionId, event?.sessionSeq, event?.fields.mpid],
    ['E1', 'FIX', 'OMS-1', 2n, 'TAPE'],
  );
  assert.match(Buffer.from(event?.original ?? []).toString(), /^8=FIX\.4\.4.*17=E1/);
  assert.deepEqual(states(), ['CONNECTED', 'LOGGED_ON']);
});

test('a wrong password is not let in', async () => {
  const { clock, start, connect } = await world();
  await start('hot');
  const oms = await connect('guess');
  await clock.advance(5n * SECOND);
  assert.equal(oms.session.isLoggedOn, false);
});

test('cuts, a full disk and a kill lose no execution and append none twice', async () => {
  const { clock, network, memory, start, connect, received } = await world(7);
  await start('hot-1');
  const oms = await connect();
  await clock.advance(SECOND);
  const random = seededRandom(11);
  let sent = 0;
  const send = async (count: number) => {
    for (let i = 0; i < count; i += 1) {
      const message = execution(`E${sent}`);
      sent += 1;
      // A number that is used up counts as sent: the session brings it over, whatever happens to the connection.
      oms.send(message).catch(() => {
        sent -= 1;
      });
      await clock.advance(BigInt(random.nextU32() % 2_000_000));
    }
  };
  await send(50);
  network.cut('oms', 'hot-1');
  await clock.advance(3n * SECOND);
  await send(50);
  const heal = memory.fault({ kind: 'DISK_FULL', topic: TOPICS.executionsReceived });
  await send(20);
  await clock.advance(SECOND);
  heal();
  await clock.advance(5n * SECOND);
  await send(30);
  memory.crash('hot-1');
  network.crash('hot-1');
  await clock.advance(2n * SECOND);
  await start('hot-2');
  await clock.advance(5n * SECOND);
  await send(30);
  await clock.advance(10n * SECOND);
  const ids = received().map(({ sourceExecutionId }) => sourceExecutionId);
  assert.equal(new Set(ids).size, ids.length, 'none twice');
  const wanted = Array.from({ length: sent }, (_, i) => `E${i}`);
  assert.deepEqual(
    wanted.filter((id) => !ids.includes(id)),
    [],
    'none lost',
  );
});

test('an execution without an id is answered with a business reject and kept for a person', async () => {
  const { clock, start, connect, received, repairs, heard } = await world();
  await start('hot');
  const oms = await connect();
  await clock.advance(SECOND);
  const { msgType, fields } = execution('x');
  oms.send({ msgType, fields: fields.filter(([tag]) => tag !== 17) });
  oms.send({ msgType: 'D', fields: [[11, 'C1']] });
  oms.send(execution('E2'));
  await clock.advance(SECOND);
  assert.deepEqual(heard.toSorted(), [
    'j Unsupported Message Type',
    'j tag 17 must hold an id of 1 to 64 printable characters',
  ]);
  const [repair] = repairs();
  assert.deepEqual(
    [repair?.stage, repair?.issues[0]?.code, repair?.fields.symbol],
    ['gateway', 'EXECUTION_ID_UNUSABLE', 'IBM'],
  );
  assert.deepEqual(
    received().map(({ sourceExecutionId }) => sourceExecutionId),
    ['E2'],
    'the stream goes on',
  );
});

test('a session whose profile does not exist stops the start with the names of those that do', async () => {
  const { memory, clock, network } = await world();
  const starting = startFixGateway(
    {
      clock,
      random: seededRandom(2),
      network: network.host('x'),
      files: memoryFileStore(),
      log: memory.handle('x'),
      codec,
      telemetry: silentTelemetry,
      processName: 'x',
      memberId: 'x',
    },
    { host: '127.0.0.1', port: 9880, sessions: [{ ...settings, profile: 'nope' }], profiles: readProfiles() },
  );
  await assert.rejects(starting, /OMS-1: no profile "nope".*drop-copy/s);
});
