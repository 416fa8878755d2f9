import assert from 'node:assert/strict';
import test from 'node:test';
import { virtualClock } from '@tapeclock/ports/virtual';
import { errorFields, type LogFields, pinoLogger, SENSITIVE_FIELDS } from '../src/index.ts';

function recorder(level: 'debug' | 'info' = 'info') {
  const lines: Record<string, unknown>[] = [];
  const clock = virtualClock();
  const logger = pinoLogger({
    clock,
    processName: 'hot',
    level,
    write: (line) => void lines.push(JSON.parse(line) as Record<string, unknown>),
  });
  return { lines, logger };
}

test('a line carries the process, the product clock, the text and the trace', () => {
  const { lines, logger } = recorder();
  const trace = '4bf92f3577b34da6a3ce929d0e0e4736';
  logger.child({ service: 'enrichment' }).warn('slow', { traceparent: `00-${trace}-00f067aa0ba902b7-01` });
  const [line] = lines;
  assert.equal(line?.process, 'hot');
  assert.equal(line?.service, 'enrichment');
  assert.equal(line?.level, 'warn');
  assert.equal(line?.text, 'slow');
  assert.equal(line?.time, '2026-11-24T15:00:00.000000000Z');
  assert.equal(line?.traceId, trace);
  assert.equal(line?.traceparent, undefined);
});

test('no sensitive field reaches a line, however deep it was handed over', () => {
  const { lines, logger } = recorder();
  for (const name of SENSITIVE_FIELDS) {
    const sneaked = { [name]: 'hunter2', one: { [name]: 'hunter2', two: { [name]: 'hunter2' } } };
    logger.error('x', sneaked as unknown as LogFields);
  }
  assert.equal(lines.length, SENSITIVE_FIELDS.length);
  assert.doesNotMatch(JSON.stringify(lines), /hunter2/);
});

test('an error keeps its name, code, text and stack', () => {
  const { lines, logger } = recorder();
  logger.error('failed', errorFields(Object.assign(new TypeError('bad'), { code: 'E_BAD' })));
  logger.error('failed', errorFields('just text'));
  const error = lines[0]?.error as Record<string, string>;
  assert.deepEqual([error.name, error.code, error.text], ['TypeError', 'E_BAD', 'bad']);
  assert.match(error.stack ?? '', /pino-logger\.test/);
  assert.equal((lines[1]!.error as { text: string }).text, 'just text');
});

test('what lies below the level is not written', () => {
  const { lines, logger } = recorder();
  logger.debug('detail');
  assert.equal(lines.length, 0);
});
