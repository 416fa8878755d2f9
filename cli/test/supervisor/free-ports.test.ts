import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import test from 'node:test';
import { freePorts, takenPorts } from '../../src/supervisor/free-ports.ts';

test('a taken port is named with its use and the setting that moves it', async (t) => {
  const [held = 0, free = 0] = await freePorts('127.0.0.1', 2);
  const server = createServer().listen(held, '127.0.0.1');
  t.after(() => server.close());
  await new Promise((resolve) => server.once('listening', resolve));
  const taken = await takenPorts('127.0.0.1', [
    { port: held, variable: 'TAPECLOCK_X_PORT', use: 'board' },
    { port: free, variable: 'TAPECLOCK_Y_PORT', use: 'other' },
  ]);
  assert.deepEqual(taken, [`port ${held} (board) is in use: stop what holds it, or set TAPECLOCK_X_PORT`]);
});

test('free ports are all different', async () => {
  assert.equal(new Set(await freePorts('127.0.0.1', 20)).size, 20);
});
