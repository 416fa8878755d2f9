// Every drill in a short form, on the real product. What holds a figure of time against a bound is the drill's own business:
// `npm run drill`. Here everything else must hold on any machine.
import assert from 'node:assert/strict';
import test from 'node:test';
import { DRILLS } from '../../drills/catalogue.ts';
import { runDrill } from '../../drills/run-drill.ts';

const SHORT: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  'facility-session-down': { rate: 40, outage: 5 },
  'in-doubt-reports': { rate: 40 },
  kill: { rate: 60, seconds: 24, kills: 1 },
};

/**
 * Played by hand only: whether a burst piles up before a slowed facility, and so whether there is a breach to foretell,
 * depends on how fast the machine is, and beside other tests it may not.
 */
const BY_HAND: ReadonlySet<string> = new Set(['backlog-forecast-breach']);

for (const drill of DRILLS.filter(({ name }) => !BY_HAND.has(name))) {
  test(`drill ${drill.name}: ${drill.about}`, { timeout: 150_000 }, async () => {
    const told: string[] = [];
    const checks = await runDrill(drill, SHORT[drill.name] ?? {}, (line) => told.push(line));
    const failed = checks.filter(({ ok, isTimed }) => !ok && !isTimed);
    assert.deepEqual(failed, [], told.join('\n'));
    assert.ok(checks.some(({ text }) => text.startsWith('verify finds exactly one')));
  });
}
