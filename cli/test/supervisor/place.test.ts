import assert from 'node:assert/strict';
import test from 'node:test';
import { NS_PER_MS, NS_PER_SECOND } from '@tapeclock/domain';
import { virtualClock } from '@tapeclock/ports/virtual';
import type { FromChild, ToChild } from '../../src/supervisor/messages.ts';
import { openPlace } from '../../src/supervisor/place.ts';

interface FakeChild {
  readonly pid: number;
  readonly heard: ToChild['kind'][];
  readonly signals: string[];
  say(message: FromChild): void;
  die(how?: NodeJS.Signals): void;
}

function bench(spare: boolean) {
  const clock = virtualClock();
  const children: FakeChild[] = [];
  const deaths: bigint[] = [];
  const place = openPlace({
    role: 'hot',
    clock,
    spare,
    onReady() {},
    onNotice() {},
    onDeath: ({ delayNs }) => deaths.push(delayNs),
    fork({ onMessage, onExit }) {
      const child: FakeChild = {
        pid: children.length + 1,
        heard: [],
        signals: [],
        say: onMessage,
        die: (how = 'SIGKILL') => onExit(null, how),
      };
      children.push(child);
      return {
        pid: child.pid,
        send: (message) => child.heard.push(message.kind),
        kill: (signal) => child.signals.push(signal),
      };
    },
  });
  return { clock, children, deaths, place };
}
const child = (children: readonly FakeChild[], index: number): FakeChild => {
  const found = children[index];
  assert.ok(found, `no child ${index}`);
  return found;
};

test('a process begins once it has loaded, and a spare is made only when the first is ready', () => {
  const { children, place } = bench(true);
  assert.equal(children.length, 1);
  child(children, 0).say({ kind: 'loaded' });
  assert.deepEqual(child(children, 0).heard, ['begin']);
  assert.equal(children.length, 1);
  child(children, 0).say({ kind: 'ready' });
  assert.equal(children.length, 2);
  assert.equal(place.ready(), true);
  child(children, 1).say({ kind: 'loaded' });
  assert.deepEqual(child(children, 1).heard, []);
});

test('when the working one dies the spare begins at once', () => {
  const { children, deaths, place } = bench(true);
  child(children, 0).say({ kind: 'loaded' });
  child(children, 0).say({ kind: 'ready' });
  child(children, 1).say({ kind: 'loaded' });
  child(children, 0).die();
  assert.deepEqual(child(children, 1).heard, ['begin']);
  assert.equal(place.pid(), 2);
  assert.equal(place.ready(), false);
  assert.deepEqual(deaths, [0n]);
});

test('a spare that is still loading begins when it has loaded; one that dies is replaced later', () => {
  const { children, place } = bench(true);
  child(children, 0).say({ kind: 'loaded' });
  child(children, 0).say({ kind: 'ready' });
  child(children, 0).die();
  assert.deepEqual(child(children, 1).heard, []);
  child(children, 1).say({ kind: 'loaded' });
  assert.deepEqual(child(children, 1).heard, ['begin']);
  child(children, 1).say({ kind: 'ready' });
  child(children, 2).die();
  assert.equal(place.pid(), 2);
  assert.equal(place.ready(), true);
  child(children, 1).die();
  assert.equal(children.length, 4);
});

test('quick deaths in a row make it wait', async () => {
  const { clock, children, deaths } = bench(false);
  for (let i = 0; i < 5; i += 1) child(children, i).die();
  assert.deepEqual(deaths, [0n, 0n, 0n, 0n, 250n * NS_PER_MS]);
  assert.equal(children.length, 5);
  await clock.advance(NS_PER_SECOND);
  assert.equal(children.length, 6);
});

test('stop tells all of them, the spare too, starts none again, and is over when the last is gone', async () => {
  const { children, place } = bench(true);
  child(children, 0).say({ kind: 'loaded' });
  child(children, 0).say({ kind: 'ready' });
  place.stop();
  assert.deepEqual(
    children.map(({ heard }) => heard.at(-1)),
    ['stop', 'stop'],
  );
  child(children, 0).die();
  assert.equal(children.length, 2);
  child(children, 1).die();
  await place.empty;
  assert.equal(children.length, 2);
});

test('a stop while it waits to be started again is over at once', async () => {
  const { clock, children, place } = bench(false);
  for (let i = 0; i < 5; i += 1) child(children, i).die();
  place.stop();
  await place.empty;
  await clock.advance(20n * NS_PER_SECOND);
  assert.equal(children.length, 5);
});
