import assert from 'node:assert/strict';
import test from 'node:test';
import { msFromNs, NS_PER_SECOND } from '@tapeclock/domain';
import { seededRandom, virtualClock } from '@tapeclock/ports/virtual';
import type { Viewer } from '../../src/board-watch/viewer.ts';
import { watchBoard } from '../../src/board-watch/watch-board.ts';

const OPTIONS = { viewers: 2, pollsPerSecond: 10, seconds: 10 };

function watching(change: Partial<Viewer>) {
  const clock = virtualClock();
  let stopped = 0;
  const viewer: Viewer = {
    poll: async () => 200,
    listen: async () => {},
    stop: () => {
      stopped += 1;
    },
    ...change,
  };
  const result = watchBoard({ clock, random: seededRandom(1), openViewer: async () => viewer }, OPTIONS);
  return { clock, result, stopped: () => stopped };
}

test('boards ask by schedule, also while nothing is answered; every poll is answered or has failed', async () => {
  const open: ((status: number) => void)[] = [];
  const { clock, result, stopped } = watching({ poll: () => new Promise((resolve) => open.push(resolve)) });
  await clock.advance(12n * NS_PER_SECOND);
  assert.ok(open.length > 70 && open.length < 130, String(open.length));
  open.forEach((answer, index) => {
    answer(index === 0 ? 500 : 200);
  });
  await clock.advance(NS_PER_SECOND);
  const { pollsOffered, pollsAnswered, scheduledToAnswerMs } = await result;
  assert.deepEqual([pollsOffered, pollsAnswered], [open.length, { 500: 1, 200: open.length - 1 }]);
  assert.equal(scheduledToAnswerMs.length, open.length - 1);
  assert.equal(stopped(), 2);
});

test('a poll without an answer is counted by its reason', async () => {
  const { clock, result } = watching({
    poll: async () => {
      throw new Error('socket hang up');
    },
  });
  await clock.advance(12n * NS_PER_SECOND);
  const { pollsOffered, pollsFailed } = await result;
  assert.deepEqual(pollsFailed, { 'socket hang up': pollsOffered });
});

test('a trade’s way to the screen counts once, when it is first shown', async () => {
  const clock = virtualClock();
  const shown = (receivedAtMs: number) =>
    JSON.stringify({
      serverNowMs: msFromNs(clock.nowNs()),
      trades: { changed: [{ executionId: 'E1', receivedAtMs }] },
    });
  const receivedAtMs = msFromNs(clock.nowNs());
  const result = watchBoard(
    {
      clock,
      random: seededRandom(1),
      openViewer: async () => ({
        poll: async () => 200,
        async listen(onEvent) {
          clock.after(NS_PER_SECOND, () => onEvent({ event: 'change', data: shown(receivedAtMs) }));
          clock.after(2n * NS_PER_SECOND, () => onEvent({ event: 'change', data: shown(receivedAtMs) }));
        },
        stop() {},
      }),
    },
    { ...OPTIONS, viewers: 1 },
  );
  await clock.advance(12n * NS_PER_SECOND);
  const { receivedToShownMs, sentToArrivedMs, events } = await result;
  assert.deepEqual([[...receivedToShownMs], [...sentToArrivedMs], events], [[1_000], [0, 0], { change: 2 }]);
});

test('a board that is not let in ends the watch, and those that are open are closed', async () => {
  const { result, stopped } = watching({
    listen: async () => {
      throw new Error('the live feed was answered 503');
    },
  });
  await assert.rejects(result, /503/);
  assert.equal(stopped(), 1);
});
