import cancelStorm from '../../patterns/cancel-storm.json' with { type: 'json' };
import clockDrift from '../../patterns/clock-drift.json' with { type: 'json' };
import duplicatePrints from '../../patterns/duplicate-prints.json' with { type: 'json' };
import executedAhead from '../../patterns/executed-ahead.json' with { type: 'json' };
import executedIsReceived from '../../patterns/executed-is-received.json' with { type: 'json' };
import feedStuck from '../../patterns/feed-stuck.json' with { type: 'json' };
import lateStreak from '../../patterns/late-streak.json' with { type: 'json' };
import rejectBurst from '../../patterns/reject-burst.json' with { type: 'json' };
import silentFeed from '../../patterns/silent-feed.json' with { type: 'json' };

/** The files as they are, vectors and all; `parsePattern` reads them. */
export const PATTERN_FILES: readonly unknown[] = [
  cancelStorm,
  clockDrift,
  duplicatePrints,
  executedAhead,
  executedIsReceived,
  feedStuck,
  lateStreak,
  rejectBurst,
  silentFeed,
];
