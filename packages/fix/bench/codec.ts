/**
 * Microseconds per message in the codec: `node packages/fix/bench/codec.ts [messages]`, or `npm run bench -- --fix`.
 * Decoding is frame, checksum, scan and seven typed fields of a 300-byte execution report; encoding writes the same
 * report. One thread, warm, memory to memory: nothing of sockets, sessions or stores.
 */

import { systemClock } from '@tapeclock/ports';
import { decodeMessage, encodeMessage, type Field, FixMessage, FrameReader } from '../src/codec/index.ts';
import { messageCheck, standardDictionaries } from '../src/dictionary/index.ts';
import { type Measured, measure } from './measure.ts';

const COUNT = Number(process.argv[2] ?? 500_000);
const CHUNK_MESSAGES = 200;

const BODY: readonly Field[] = [
  [49, 'BROKERCOMP'],
  [56, 'TAPECLOCK'],
  [34, 123_456],
  [52, '20261124-15:00:00.123'],
  [37, 'ORDER-00012345'],
  [11, 'CLORD-00012345'],
  [17, 'EXEC-000123456'],
  [150, 'F'],
  [39, '2'],
  [1, 'ACCOUNT-42'],
  [55, 'ABCD'],
  [54, '1'],
  [38, '1000'],
  [32, '1000'],
  [31, '187.4350'],
  [30, 'XOFF'],
  [151, '0'],
  [14, '1000'],
  [6, '187.4350'],
  [60, '20261124-15:00:00.123456'],
  [64, '20261125'],
  [528, 'P'],
  [58, 'crossed on the desk'],
];
const report = encodeMessage('FIX.4.4', '8', BODY);
const chunk = Buffer.concat(Array.from({ length: CHUNK_MESSAGES }, () => report));
const check = messageCheck(standardDictionaries('FIX.4.4'));

/** What a drop copy is read for: identity, instrument, side, quantity, price, two instants. */
function sevenFields(message: FixMessage): number {
  const execId = message.string(17);
  const symbol = message.string(55);
  const side = message.string(54);
  const quantity = message.decimal(32);
  const price = message.decimal(31);
  const executedNs = message.timestamp(60);
  const seq = message.int(34);
  return execId !== null &&
    symbol !== null &&
    side !== null &&
    quantity !== null &&
    price !== null &&
    executedNs !== null
    ? (seq ?? 0)
    : 0;
}

function decodeChunk(each: (message: FixMessage) => number): number {
  const reader = new FrameReader();
  reader.feed(chunk);
  let sum = 0;
  for (let event = reader.next(); event !== null; event = reader.next()) {
    if (event.kind !== 'frame') throw new Error(event.kind);
    const message = decodeMessage(event.bytes);
    if (!(message instanceof FixMessage)) throw new Error(message);
    sum += each(message);
  }
  return sum;
}

function encodeChunk(): number {
  let bytes = 0;
  for (let i = 0; i < CHUNK_MESSAGES; i += 1) bytes += encodeMessage('FIX.4.4', '8', BODY).length;
  return bytes;
}

const clock = systemClock();
const rows: (readonly [string, Measured])[] = [];
const add = (name: string, run: () => number) =>
  rows.push([name, measure(clock, { count: COUNT, perRun: CHUNK_MESSAGES }, run)]);
add('decode, seven typed fields', () => decodeChunk(sevenFields));
add('decode, no field looked at', () => decodeChunk(() => 1));
add('decode, held against the dictionary', () => decodeChunk((message) => (check(message) === null ? 1 : 0)));
add('encode', encodeChunk);

console.log(`${report.length}-byte execution report, ${COUNT} messages a row, ${process.version}`);
for (const [name, { usEach, usBest, bytesEach }] of rows) {
  console.log(
    `${name.padEnd(42)} ${usEach.toFixed(2).padStart(7)} µs  (best tenth ${usBest.toFixed(2)})  ${bytesEach.toFixed(0).padStart(6)} bytes allocated`,
  );
}
