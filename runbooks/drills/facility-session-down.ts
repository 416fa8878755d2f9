import { NS_PER_MS, type Ns } from '@tapeclock/domain';
import type { JournalEntry } from '@tapeclock/finra-simulator';
import type { Drill } from './drill.ts';
import type { LateShown, ObligationsShown } from './scene/board-answers.ts';
import { type LogStory, type ReportStory, readLogStory } from './scene/log-story.ts';
import { scrape } from './scene/metrics.ts';
import { checkAlertEnded, seconds, takeAlert, untilCleared } from './scene/on-call.ts';
import type { Scene } from './scene/scene.ts';
import { tally } from './scene/tally.ts';

const ALERT = 'facility-session-down';
const BEFORE_SECONDS = 3;
const AFTER_SECONDS = 6;
/** What a report needs from the logon to the facility's answer when others stand before it. */
const TRANSIT_NS = 1_000n * NS_PER_MS;

/** The facility refuses logons for a while under load, as `runbooks/facility-session-down.md` has it. */
export const facilitySessionDown: Drill<'rate' | 'outage'> = {
  name: ALERT,
  about:
    'the facility is down under load; reports wait, then the nearest deadline goes first and the late ones last',
  options: {
    rate: { fallback: 200, help: 'executions per second' },
    outage: { fallback: 20, help: 'seconds that the facility is down' },
  },
  async run(scene, { rate, outage }) {
    const { clock, facility, timeline } = scene;
    const load = await scene.startLoad([
      { ratePerSecond: rate, seconds: BEFORE_SECONDS + outage + AFTER_SECONDS },
    ]);
    await scene.pause(BEFORE_SECONDS);
    const downNs = clock.nowNs();
    await facility.set({ down: true });
    timeline.note('the facility goes down: it cuts its sessions and refuses logons');

    await takeAlert(scene, ALERT, downNs);
    await firstLook(scene);
    const { sessionsUp } = load.counts();
    timeline.check(
      'trading systems notice nothing',
      sessionsUp === 4,
      `${sessionsUp} of their 4 sessions stand`,
    );

    timeline.note('the officer calls the facility, touches no trade, and waits');
    const leftNs = downNs + BigInt(outage) * 1_000n * NS_PER_MS - clock.nowNs();
    await scene.pause(Number(leftNs / NS_PER_MS) / 1_000);
    const waiting = await scene.overview();
    const upNs = clock.nowNs();
    await facility.set({ down: false });
    timeline.note(
      `the facility is up again after ${seconds(upNs - downNs)}; ${waiting.counts.open} reports are open, ` +
        `${waiting.counts.held} of them held, ${waiting.counts.inDoubt} in doubt`,
    );
    await untilCleared(scene, ALERT, upNs);
    await untilCleared(scene, 'in-doubt-reports', upNs);
    await scene.finish(load);

    const story = await readLogStory(scene.product.dataDir);
    checkAlertEnded(scene, ALERT, story.alerts);
    checkRecovery(scene, story, { downNs, upNs });
    await checkLatePage(scene, story);
  },
};

async function firstLook(scene: Scene): Promise<void> {
  const { board, product, timeline } = scene;
  const { sessions } = await scene.overview();
  const ours = sessions.filter(({ role }) => role === 'facility');
  const standing = ours.filter(({ state }) => state === 'LOGGED_ON');
  timeline.check(
    'the page Sessions shows them down',
    ours.length > 0 && standing.length === 0,
    `${ours.length - standing.length} of ${ours.length} facility sessions are down`,
  );
  const up = await scrape(product, 'watch', 'tapeclock_fix_session_up');
  const gauges = up.filter(({ labels }) => labels.role === 'facility');
  timeline.check(
    'tapeclock_fix_session_up says so',
    gauges.length > 0 && gauges.every(({ value }) => value === 0),
    `${gauges.filter(({ value }) => value === 0).length} of ${gauges.length} gauges with role="facility" are 0`,
  );
  const { items, total } = await board.get<ObligationsShown>('/obligations?limit=500');
  timeline.note(
    `the page Open shows ${total}, nearest deadline first: ${tally(items.map(({ state }) => state))}`,
  );
}

function checkRecovery(
  { facility, timeline }: Scene,
  { alerts, reports }: LogStory,
  { downNs, upNs }: { readonly downNs: Ns; readonly upNs: Ns },
): void {
  const backNs = alerts.findLast(({ alert, state }) => alert === ALERT && state === 'CLEARED')?.atNs ?? upNs;
  const all = [...reports.values()];
  const late = all.filter((report) => report.late);
  const missed = all.filter((report) => report.late || report.breached);
  const notOurs = missed.filter(({ dueAtNs }) => dueAtNs > downNs && dueAtNs < backNs + TRANSIT_NS);
  timeline.check(
    'no breach of our making: what is late was due while the facility was down',
    notOurs.length === missed.length,
    `${missed.length} windows closed, ${notOurs.length} of them between the cut and ${seconds(TRANSIT_NS)} after the logon`,
    { isTimed: true },
  );
  const declared = all.filter(({ breached }) => breached);
  timeline.check(
    'every breach that was declared was warned of before',
    declared.every(({ warned }) => warned),
    `${declared.filter(({ warned }) => warned).length} of ${declared.length}`,
  );
  // What came in while the late ones were already going had nothing to overtake.
  const waited = all.filter(({ held, inDoubt }) => held && !inDoubt);
  const overtaken = outOfTurn(acceptedIn(facility.journal()), waited, { upNs, backNs: backNs + TRANSIT_NS });
  const rescued = waited.filter((report) => !report.late);
  timeline.check(
    'the nearest deadline went first, the late ones last',
    overtaken === 0,
    `${rescued.length} waiting reports still made it, then ${waited.length - rescued.length} went late, ${overtaken} out of turn; ` +
      `all were accepted ${seconds(lastOf(waited) - upNs)} after the facility was up`,
  );
  const doubtful = all.filter(({ inDoubt }) => inDoubt);
  timeline.check(
    'what was under way at the cut was sent once and cleared up without a person',
    doubtful.every(({ intents, resolvedBy: by }) => intents === 1 && by !== null && by !== 'PERSON'),
    `${doubtful.length} in doubt; resolved by ${tally(doubtful.map(({ resolvedBy }) => resolvedBy ?? 'nothing'))}`,
  );
  timeline.note(`${late.length} of ${all.length} reports were late`);
}

interface Taken {
  readonly facility: string;
  readonly reportId: string;
}

/**
 * How many reports that could still make it at `backNs` were taken behind one that was late already at `upNs`, at the same
 * facility. What was due between the two may be either.
 */
export function outOfTurn(
  taken: readonly Taken[],
  waited: readonly Pick<ReportStory, 'reportId' | 'dueAtNs'>[],
  { upNs, backNs }: { readonly upNs: Ns; readonly backNs: Ns },
): number {
  const dueOf = new Map(waited.map(({ reportId, dueAtNs }) => [reportId, dueAtNs]));
  const lateTaken = new Set<string>();
  let count = 0;
  for (const { facility, reportId } of taken) {
    const dueAtNs = dueOf.get(reportId);
    if (dueAtNs === undefined) continue;
    if (dueAtNs <= upNs) lateTaken.add(facility);
    else if (dueAtNs > backNs && lateTaken.has(facility)) count += 1;
  }
  return count;
}

function acceptedIn(journal: readonly JournalEntry[]): readonly Taken[] {
  return journal.flatMap((entry) =>
    entry.kind === 'ACCEPTED' ? [{ facility: entry.facility, reportId: entry.tradeReportId }] : [],
  );
}

function lastOf(reports: readonly ReportStory[]): Ns {
  return reports.reduce(
    (last, { acceptedNs }) => (acceptedNs !== null && acceptedNs > last ? acceptedNs : last),
    0n,
  );
}

async function checkLatePage({ board, timeline }: Scene, { reports }: LogStory): Promise<void> {
  const late = [...reports.values()].filter((report) => report.late).length;
  const { items } = await board.get<LateShown>('/late?limit=500');
  timeline.check(
    'the page Late says why',
    (items.length > 0 || late === 0) && items.every(({ reason }) => reason !== ''),
    items[0] === undefined ? 'none was late' : `for example "${items[0].reason}"`,
  );
}
