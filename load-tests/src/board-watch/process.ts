// The viewers' own process.
import { systemClock, systemRandom } from '@tapeclock/ports';
import { answerParent } from '../own-process/answer-parent.ts';
import type { BoardWatchOptions, BoardWatchSummary } from './board-options.ts';
import { openViewer } from './viewer.ts';
import { watchBoard } from './watch-board.ts';

answerParent<BoardWatchOptions, BoardWatchSummary>(async (options) => {
  const clock = systemClock(options.clockOffsetNs);
  const watched = await watchBoard(
    { clock, random: systemRandom, openViewer: () => openViewer(options.url, options.account, clock) },
    options,
  );
  const { user, system } = process.cpuUsage();
  return { ...watched, cpuSeconds: (user + system) / 1e6 };
});
