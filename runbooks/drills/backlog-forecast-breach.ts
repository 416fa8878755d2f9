import type { Drill } from './drill.ts';
import type { ForecastShown, ObligationsShown } from './scene/board-answers.ts';
import { type LogStory, readLogStory } from './scene/log-story.ts';
import { scrape } from './scene/metrics.ts';
import { checkAlertEnded, seconds, takeAlert, untilCleared } from './scene/on-call.ts';
import type { Scene } from './scene/scene.ts';
import { tally } from './scene/tally.ts';

const ALERT = 'backlog-forecast-breach';
const USUAL_SECONDS = 6;
const SLOW_SECONDS = 3;
const BURST_SECONDS = 4;
const AFTER_SECONDS = 5;
/** With 256 unanswered at once this is 128 reports per second and facility. */
const SLOW_MS = 2_000;
const USUAL_MS = 2;

/** A facility that answers slowly meets a burst, as `runbooks/backlog-forecast-breach.md` has it. */
export const backlogForecastBreach: Drill<'rate' | 'burst' | 'call'> = {
  name: ALERT,
  about:
    'a facility answers slowly and a burst comes in; the forecast tells of the breach before there is one',
  options: {
    rate: { fallback: 50, help: 'executions per second before and after the burst' },
    burst: { fallback: 600, help: `executions per second for ${BURST_SECONDS} s` },
    call: { fallback: 4, help: 'seconds until the facility does what it is asked for' },
  },
  async run(scene, { rate, burst, call }) {
    const { clock, facility, timeline } = scene;
    const load = await scene.startLoad([
      { ratePerSecond: rate, seconds: USUAL_SECONDS + SLOW_SECONDS },
      { ratePerSecond: burst, seconds: BURST_SECONDS },
      { ratePerSecond: rate, seconds: AFTER_SECONDS },
    ]);
    await scene.pause(USUAL_SECONDS);
    await facility.set({ latencyMs: SLOW_MS });
    timeline.note(
      `the facility answers after ${SLOW_MS} ms; ${rate} executions per second still get through`,
    );
    await scene.pause(SLOW_SECONDS);
    const burstNs = clock.nowNs();
    timeline.note(`a burst of ${burst} per second begins`);

    await takeAlert(scene, ALERT, burstNs);
    await firstLook(scene);
    timeline.note(
      'decision: sessions stand, hot is well, the facility holds the reports. The officer calls the facility',
    );
    await scene.pause(call);
    const curedNs = clock.nowNs();
    await facility.set({ latencyMs: USUAL_MS });
    timeline.note('the facility answers at its usual pace again');
    await untilCleared(scene, ALERT, curedNs);
    await scene.finish(load);

    const story = await readLogStory(scene.product.dataDir);
    checkAlertEnded(scene, ALERT, story.alerts);
    checkForewarned(scene, story);
  },
};

async function firstLook(scene: Scene): Promise<void> {
  const { board, product, timeline } = scene;
  const overview = await scene.overview();
  const told = overview.facilities.flatMap(({ facility, forecast }) =>
    forecast === null || forecast.breachInMs === null ? [] : [{ facility, ...forecast }],
  );
  const [nearest] = told.sort((a, b) => (a.breachInMs ?? 0) - (b.breachInMs ?? 0));
  timeline.check('the banner tells how long there is', nearest !== undefined, banner(nearest));
  const { items, total } = await board.get<ObligationsShown>('/obligations?limit=500');
  timeline.note(
    `the page Open shows ${total}: of the nearest ${items.length}, ${tally(items.map(({ state }) => state))}`,
  );
  const open = await scrape(product, 'watch', 'tapeclock_obligations_open');
  timeline.note(
    `tapeclock_obligations_open: ${open.map(({ labels, value }) => `${labels.age} ${value}`).join(', ')}`,
  );
  const sessions = overview.sessions.filter(({ role }) => role === 'facility');
  const standing = sessions.filter(({ state }) => state === 'LOGGED_ON').length;
  timeline.check(
    'the sessions stand: it is not facility-session-down',
    standing === sessions.length,
    `${standing} of ${sessions.length} are logged on`,
  );
  const ready = await fetch(`http://127.0.0.1:${product.ports.hotHealth}/readyz`);
  timeline.check(
    'hot is ready: it is not our process',
    ready.status === 200,
    `/readyz answers ${ready.status}`,
  );
}

function banner(forecast: (ForecastShown & { readonly facility: string }) | undefined): string {
  if (forecast === undefined) return 'no breach in sight on the page Overview';
  const { breachInMs, facility, open, servicePerSecond } = forecast;
  return `"Breach in ${((breachInMs ?? 0) / 1_000).toFixed(2)} s at ${facility}: ${open} reports wait, ${servicePerSecond.toFixed(1)} a second are accepted"`;
}

function checkForewarned({ timeline }: Scene, { alerts, reports }: LogStory): void {
  const raisedNs = alerts.find(({ alert, state }) => alert === ALERT && state === 'RAISED')?.atNs ?? 0n;
  const all = [...reports.values()];
  const breached = all.filter((report) => report.breached || report.late);
  const firstDueNs = breached.reduce(
    (first, { dueAtNs }) => (dueAtNs < first ? dueAtNs : first),
    raisedNs * 2n,
  );
  timeline.check(
    'the alert came before any breach',
    breached.length === 0 || raisedNs < firstDueNs,
    breached.length === 0
      ? 'there was no breach at all'
      : `${seconds(firstDueNs - raisedNs)} before the first`,
  );
  timeline.check(
    'the cure came in time: no breach',
    breached.length === 0,
    `${breached.length} of ${all.length} windows closed without a report`,
    { isTimed: true },
  );
}
