import assert from 'node:assert/strict';
import test from 'node:test';
import { NS_PER_SECOND } from '@tapeclock/domain';
import { CatTransportError } from '../../src/index.ts';
import { bzip2, type ServiceBench, serviceBench } from './service-bench.ts';

const MINUTE = 60n * NS_PER_SECOND;

async function feedback(bench: ServiceBench, name: string, text: string): Promise<void> {
  const bytes = new TextEncoder().encode(text);
  bench.cat.files.set(`/feedback/${name}`, name.endsWith('.bz2') ? await bzip2.compress(bytes) : bytes);
}

const meta = (fileName: string, stage: string, more = ''): string =>
  `{"fileName":"${fileName}","stage":"${stage}","status":"Success"${more}}`;

test('a file is carried with its metadata, and both are what the intent says', async () => {
  const bench = serviceBench();
  const service = await bench.start();
  await bench.report();
  await bench.clock.advance(3n * MINUTE);
  const [intent] = bench.events('CatFileIntended');
  const base = intent!.fileName.replace('.json.bz2', '');
  assert.deepEqual(bench.cat.uploads, [`/upload/${base}.json.bz2`, `/upload/${base}.meta.json`]);
  const compressed = bench.cat.files.get(`/upload/${intent!.fileName}`)!;
  assert.equal(Buffer.compare(await bzip2.decompress(compressed, 1_000_000), intent!.content), 0);
  const metadata = JSON.parse(new TextDecoder().decode(bench.cat.files.get(`/upload/${base}.meta.json`)));
  assert.equal(metadata.files[0].recordCount, 1);
  const [submitted] = bench.events('CatFileSubmitted');
  assert.equal(submitted?.bytes, BigInt(compressed.length));
  assert.equal(service.ready(), true);
  await service.stop();
});

test('killed after the intent and before the upload: the next life sends the same file, once', async () => {
  const bench = serviceBench();
  bench.cat.down = true;
  await bench.start();
  await bench.report();
  await bench.clock.advance(3n * MINUTE);
  assert.equal(bench.events('CatFileIntended').length, 1);
  bench.kill();
  bench.cat.down = false;
  const service = await bench.start();
  await bench.clock.advance(5n * MINUTE);
  assert.deepEqual(bench.uploaded(), [bench.events('CatFileIntended')[0]!.fileName]);
  assert.equal(bench.events('CatFileIntended').length, 1);
  assert.equal(bench.events('CatFileSubmitted').length, 1);
  await service.stop();
});

test('killed after the upload and before it is in the log: the file is found there and not sent again', async () => {
  const bench = serviceBench();
  bench.cat.beforeUpload = (path) => {
    if (path.endsWith('.meta.json')) bench.kill();
  };
  await bench.start();
  await bench.report();
  await bench.clock.advance(3n * MINUTE);
  assert.equal(bench.events('CatFileSubmitted').length, 0);
  bench.cat.beforeUpload = () => {};
  const service = await bench.start();
  await bench.clock.advance(5n * MINUTE);
  assert.equal(bench.uploaded().length, 1);
  assert.equal(bench.events('CatFileSubmitted').length, 1);
  await service.stop();
});

test('a file that was sent and logged is not touched by the next life', async () => {
  const bench = serviceBench();
  const first = await bench.start();
  await bench.report();
  await bench.clock.advance(3n * MINUTE);
  await first.stop();
  const second = await bench.start();
  await bench.clock.advance(3n * MINUTE);
  assert.equal(bench.cat.uploads.length, 2);
  assert.equal(bench.events('CatFileSubmitted').length, 1);
  await second.stop();
});

test('a file that is there in part is sent whole', async () => {
  const bench = serviceBench();
  bench.cat.beforeUpload = (path) => {
    bench.cat.files.set(path, new Uint8Array(3));
    bench.cat.beforeUpload = () => {};
    throw new CatTransportError('UPLOAD', 'line cut');
  };
  const service = await bench.start();
  await bench.report();
  await bench.clock.advance(5n * MINUTE);
  const [intent] = bench.events('CatFileIntended');
  const there = bench.cat.files.get(`/upload/${intent!.fileName}`)!;
  assert.equal(Buffer.compare(await bzip2.decompress(there, 1_000_000), intent!.content), 0);
  await service.stop();
});

test('a line that stays down is alarmed once and the alarm is taken back', async () => {
  const bench = serviceBench();
  bench.cat.down = true;
  const service = await bench.start();
  await bench.clock.advance(10n * MINUTE);
  const states = () => bench.events('OperationsAlert').map(({ alert, state }) => [alert, state]);
  assert.deepEqual(states(), [['cat-transport-down', 'RAISED']]);
  bench.cat.down = false;
  await bench.clock.advance(10n * MINUTE);
  assert.deepEqual(states()[1], ['cat-transport-down', 'CLEARED']);
  await service.stop();
});

test('errors of an ingestion are told once they are all there, each file once', async () => {
  const bench = serviceBench();
  const service = await bench.start();
  await bench.report();
  await bench.report({ root: '2' });
  await bench.clock.advance(3n * MINUTE);
  const file = bench.events('CatFileIntended').find(({ firmRoeIds }) => firmRoeIds.length > 0)!;
  const base = file.fileName.replace('.json.bz2', '');
  const line = new TextDecoder().decode(file.content).split('\n')[0]!;
  await feedback(bench, `${base}.ack.json`, meta(file.fileName, 'FILE_ACKNOWLEDGEMENT'));
  await feedback(bench, `${base}.ingestion.json`, meta(file.fileName, 'INGESTION', ',"errorCount":1'));
  await bench.clock.advance(MINUTE);
  const stages = () => bench.events('CatFeedbackReceived').map(({ stage, fileName }) => [stage, fileName]);
  assert.deepEqual(stages(), [['ACKNOWLEDGEMENT', file.fileName]]);

  const error = `{"errorCode":[2098],"actionType":"RPR","errorROEID":18000000000000000001,"errorRecord":${JSON.stringify(line)}}`;
  await feedback(bench, `${base}.ingestion.error_000001.json.bz2`, `${error}\n`);
  await bench.clock.advance(10n * MINUTE);
  assert.deepEqual(stages()[1], ['INGESTION', file.fileName]);
  assert.equal(stages().length, 2);
  const ingestion = bench.events('CatFeedbackReceived')[1]!;
  assert.deepEqual(
    [ingestion.acceptedCount, ingestion.rejectedCount, ingestion.errors[0]?.errorRoeId],
    [file.recordCount - 1, 1, '18000000000000000001'],
  );
  const [repair] = bench.events('RepairOpened');
  assert.equal(repair?.stage, 'cat');
  assert.equal(repair?.issues[0]?.code, 'CAT_2098');
  await service.stop();
});

test('linkage errors reach the partition of their trade, and no other', async () => {
  const bench = serviceBench();
  const service = await bench.start();
  for (const root of ['1', '2', '3', '4', '5', '6']) await bench.report({ root });
  await bench.clock.advance(3n * MINUTE);
  const files = bench.events('CatFileIntended');
  assert.ok(files.length > 1, 'trades of more than one partition');
  const lines = files.flatMap(({ content }) =>
    new TextDecoder()
      .decode(content)
      .split('\n')
      .filter((line) => line !== ''),
  );
  const errors = lines.map(
    (line, index) =>
      `{"errorCode":[4003],"actionType":"RPR","errorROEID":${index + 1},"errorRecord":${JSON.stringify(line)}}`,
  );
  await feedback(bench, '12345_TCLX_20261124_OrderEvents.linkage.error_000001.json.bz2', errors.join('\n'));
  await bench.clock.advance(MINUTE);
  const heard = bench.events('CatFeedbackReceived');
  assert.equal(
    heard.reduce((sum, { rejectedCount }) => sum + rejectedCount, 0),
    6,
  );
  assert.equal(new Set(bench.events('RepairOpened').map(({ meta: { lineageId } }) => lineageId)).size, 6);
  await service.stop();
});

test('feedback that cannot be read is shown and nothing is concluded from it', async () => {
  const bench = serviceBench();
  const service = await bench.start();
  await bench.report();
  await bench.clock.advance(3n * MINUTE);
  const base = bench.events('CatFileIntended')[0]!.fileName.replace('.json.bz2', '');
  await feedback(bench, `${base}.integrity.json`, 'garbage');
  await feedback(bench, 'notes.txt', 'nothing for us');
  await bench.clock.advance(MINUTE);
  const [heard] = bench.events('CatFeedbackReceived');
  assert.equal(heard?.status, 'Unreadable');
  assert.equal(heard?.issues[0]?.code, 'CAT_FEEDBACK_UNREADABLE');
  assert.equal(bench.events('CatFeedbackReceived').length, 1);
  await service.stop();
});

test('answers older than the log is read back are left alone', async () => {
  const bench = serviceBench({ horizonHours: 48 });
  await feedback(bench, '12345_TCLX_20261122_OrderEvents.linkage.success', '');
  await feedback(bench, '12345_TCLX_20261123_OrderEvents.linkage.success', '');
  const service = await bench.start();
  await bench.clock.advance(MINUTE);
  const heard = new Set(bench.events('CatFeedbackReceived').map(({ feedbackFile }) => feedbackFile));
  assert.deepEqual([...heard], ['12345_TCLX_20261123_OrderEvents.linkage.success']);
  await service.stop();
});

test('stopped, it leaves no timer behind', async () => {
  const bench = serviceBench();
  const service = await bench.start();
  await bench.report();
  await bench.clock.advance(3n * MINUTE);
  await service.stop();
  await service.stop();
  await bench.clock.advance(MINUTE);
  assert.equal(bench.clock.nextTimerNs(), null);
});
