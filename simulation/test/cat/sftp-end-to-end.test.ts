/** Reporter and simulated CAT over real SFTP on loopback. The two share no code; only this test knows both. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { type EventLog, memoryEventLog } from '@tapeclock/event-log';
import { CAT_JOURNAL_FILE, startCatSimulator } from '@tapeclock/finra-simulator';
import { systemClock, systemRandom, tcpNetwork } from '@tapeclock/ports';
import { memoryFileStore } from '@tapeclock/ports/virtual';
import {
  createEventCodec,
  type EventName,
  type EventTypes,
  embeddedRegistry,
  releasedSchemas,
  topicDeclarations,
  topicOf,
} from '@tapeclock/schemas';
import { silentTelemetry } from '@tapeclock/telemetry';
import {
  type CatReporterConfig,
  type CatSftpConfig,
  type CatTransportError,
  sftpTransport,
  startCatReporter,
} from '../../../services/cat-reporter/src/index.ts';
import {
  accepted,
  config,
  desk,
  reportable,
  type TradeChange,
} from '../../../services/cat-reporter/test/trade-events.ts';

const codec = await createEventCodec(embeddedRegistry(), releasedSchemas);
const clock = systemClock();
/** A guard against waiting for ever, not a measure of anything. */
const HANG = { timeout: 120_000 } as const;
const PASSWORD = 'open-sesame';

async function startCat() {
  const files = memoryFileStore();
  const faults = { stageDelayMs: 1 };
  const cat = await startCatSimulator({ clock, files }, { port: 0, password: PASSWORD, faults });
  const sftp: CatSftpConfig = {
    host: '127.0.0.1',
    port: cat.port,
    username: 'tapeclock',
    password: PASSWORD,
    privateKey: null,
    hostKeySha256: cat.hostKeySha256,
    connectTimeoutMs: 10_000,
  };
  return { cat, files, sftp };
}

/** Resolves with the first event that fits, be it there already or still to come. */
async function heard<Name extends EventName>(
  log: EventLog,
  name: Name,
  fits: (event: EventTypes[Name]) => boolean = () => true,
): Promise<EventTypes[Name]> {
  const topic = topicOf(name);
  let wake = (): void => {};
  const unsubscribe = log.onAppended(topic, () => wake());
  try {
    for (;;) {
      const appended = new Promise<void>((resolve) => {
        wake = resolve;
      });
      for (let partition = 0; partition < log.partitionCount(topic); partition += 1) {
        for (const { value } of await log.read(topic, partition, 0n, { recordsMax: 10_000, bytesMax: 1e9 })) {
          const { type, event } = codec.decode(value);
          if (type === name && fits(event as EventTypes[Name])) return event as EventTypes[Name];
        }
      }
      await appended;
    }
  } finally {
    unsubscribe();
  }
}

async function startReporter(sftp: CatSftpConfig, change: Partial<CatReporterConfig> = {}) {
  const memory = memoryEventLog({ clock, topics: topicDeclarations });
  const log = memory.handle('desk');
  const reporter = await startCatReporter(
    {
      clock,
      random: systemRandom,
      network: tcpNetwork,
      files: memoryFileStore(),
      log,
      codec,
      telemetry: silentTelemetry,
      processName: 'desk',
      memberId: 'desk-1',
    },
    { ...config, submitEveryMs: 20, pollEveryMs: 10, retryMs: 10, sftp, ...change },
  );
  const report = async (trade: TradeChange): Promise<string> => {
    const executedNs = clock.nowNs() - 1_000_000_000n;
    const event = reportable({ ...trade, atNs: executedNs, execution: { executedNs, ...trade.execution } });
    await log.append([
      codec.record('TradeReportable', event),
      codec.record('ReportAccepted', accepted(event)),
    ]);
    return event.meta.lineageId;
  };
  return { reporter, log, report };
}

test('trades go to CAT, an error comes back into the repair queue, its repair is taken', HANG, async () => {
  const { cat, files, sftp } = await startCat();
  const { reporter, log, report } = await startReporter(sftp);
  try {
    await report({ root: 'good' });
    const taken = await heard(log, 'CatFeedbackReceived', ({ stage }) => stage === 'INGESTION');
    assert.deepEqual([taken.status, taken.acceptedCount, taken.rejectedCount], ['Success', 1, 0]);

    cat.faults.rejectPercent = 100;
    const lineage = await report({ root: 'bad' });
    const repair = await heard(log, 'RepairOpened');
    assert.equal(repair.stage, 'cat');
    assert.equal(repair.meta.lineageId, lineage);
    assert.equal(repair.issues[0]?.code, 'CAT_2098');

    const act = desk('RESUBMIT', repair.repairId, clock.nowNs(), repair.fields, lineage);
    await log.append([codec.record('DeskActed', act)]);
    const repaired = await heard(
      log,
      'CatFeedbackReceived',
      ({ stage, fileName, acceptedCount }) =>
        stage === 'INGESTION' && acceptedCount === 1 && fileName !== taken.fileName,
    );
    assert.equal(repaired.rejectedCount, 0);

    const journal = new TextDecoder()
      .decode((await files.read(CAT_JOURNAL_FILE))!)
      .trim()
      .split('\n');
    const entries = journal.map((line) => JSON.parse(line));
    assert.deepEqual(
      entries.filter(({ kind }) => kind === 'RECORD').map(({ actionType, outcome }) => [actionType, outcome]),
      [
        ['NEW', 'TAKEN'],
        ['NEW', 'REJECTED'],
        ['RPR', 'TAKEN'],
      ],
    );
    const integrity = entries.filter(({ kind }) => kind === 'INTEGRITY');
    assert.ok(integrity.every(({ codes }) => codes.length === 0));
    assert.ok(entries.every(({ again }) => again !== true));
  } finally {
    await reporter.stop();
    await cat.stop();
  }
});

test('every kind of trade that is told passes CAT’s own reading of the rules', HANG, async () => {
  const { cat, sftp } = await startCat();
  const { reporter, log, report } = await startReporter(sftp);
  const order = { orderId: 'O-1', orderKeyNs: clock.nowNs() - 60_000_000_000n } as const;
  const account = { account: null, accountHolderType: null } as const;
  const kinds: readonly TradeChange['execution'][] = [
    { side: 'BUY' },
    { shortSale: 'SHORT_EXEMPT' },
    { contraMpid: 'C', contraOrderId: 'C-1' },
    { side: 'BUY', contraMpid: 'C', contraOrderId: 'C-2', shortSale: 'SHORT' },
    { capacity: 'AGENCY', ...account, ...order },
    { side: 'CROSS', capacity: 'AGENCY', ...account, ...order, contraOrderId: 'C-3' },
    { priceE8: 1n, quantityE6: 500_000n },
  ];
  try {
    for (const [index, execution] of kinds.entries())
      await report({ root: `kind-${index}`, ...(execution && { execution }) });
    let accepted = 0;
    const seen = new Set<string>();
    while (accepted < kinds.length) {
      const event = await heard(
        log,
        'CatFeedbackReceived',
        ({ stage, feedbackFile }) => stage === 'INGESTION' && !seen.has(feedbackFile),
      );
      seen.add(event.feedbackFile);
      assert.deepEqual(event.errors, []);
      accepted += event.acceptedCount;
    }
    assert.equal(accepted, kinds.length);
  } finally {
    await reporter.stop();
    await cat.stop();
  }
});

test('a connection that is cut is opened again and nothing is sent twice', HANG, async () => {
  const { cat, files, sftp } = await startCat();
  const { reporter, log, report } = await startReporter(sftp);
  try {
    await report({ root: '1' });
    await heard(log, 'CatFileSubmitted');
    cat.faults.down = true;
    cat.cutAll();
    const lineage = await report({ root: '2' });
    await heard(
      log,
      'OperationsAlert',
      ({ alert, state }) => alert === 'cat-transport-down' && state === 'RAISED',
    );
    cat.faults.down = false;
    await heard(
      log,
      'OperationsAlert',
      ({ alert, state }) => alert === 'cat-transport-down' && state === 'CLEARED',
    );
    const second = await heard(
      log,
      'CatFileIntended',
      ({ firmRoeIds }) => firmRoeIds[0]?.endsWith(lineage) === true,
    );
    await heard(log, 'CatFileSubmitted', ({ fileName }) => fileName === second.fileName);
    const journal = new TextDecoder().decode((await files.read(CAT_JOURNAL_FILE))!);
    assert.doesNotMatch(journal, /"again":true/);
  } finally {
    await reporter.stop();
    await cat.stop();
  }
});

test('a server with another host key is not spoken to, nor one that refuses us', HANG, async () => {
  const { cat, sftp } = await startCat();
  try {
    for (const wrong of [{ hostKeySha256: `SHA256:${'A'.repeat(43)}` }, { password: 'wrong' }]) {
      const transport = sftpTransport({ ...sftp, ...wrong });
      await assert.rejects(transport.list('/feedback'), ({ code }: CatTransportError) => code === 'CONNECT');
      await transport.close();
    }
    const transport = sftpTransport(sftp);
    assert.deepEqual(await transport.list('/feedback'), []);
    assert.deepEqual(await transport.list('/elsewhere'), []);
    await assert.rejects(transport.upload('/feedback/forged.json', new Uint8Array(1)), { code: 'UPLOAD' });
    await assert.rejects(transport.download('/upload/../host-key', 1_000), { code: 'DOWNLOAD' });
    await transport.upload(
      '/upload/12345_TCLX_20261124_OrderEvents_000001.meta.json',
      new Uint8Array(300_000),
    );
    const file = '/upload/12345_TCLX_20261124_OrderEvents_000001.meta.json';
    assert.equal((await transport.download(file, 300_000)).length, 300_000);
    await assert.rejects(transport.download(file, 299_999), { code: 'TOO_LARGE' });
    await transport.close();
  } finally {
    await cat.stop();
  }
});
