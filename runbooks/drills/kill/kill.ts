import type { Role } from '@tapeclock/cli';
import { NS_PER_MS, NS_PER_SECOND, type Ns, nsFromRfc3339 } from '@tapeclock/domain';
import type { JournalEntry } from '@tapeclock/finra-simulator';
import type { Load } from '@tapeclock/load-tests';
import type { Drill } from '../drill.ts';
import { readLogStory } from '../scene/log-story.ts';
import { seconds } from '../scene/on-call.ts';
import type { Scene } from '../scene/scene.ts';
import { tally } from '../scene/tally.ts';
import { blame } from './blame.ts';
import { type PlannedKill, planKills } from './plan.ts';
import { longestSilence, type Span } from './silence.ts';

/** What was killed when, and when its place was taken. On the product's clock. */
interface Kill {
  readonly role: Role;
  readonly pid: number;
  readonly newPid: number;
  readonly atNs: Ns;
  readonly readyNs: Ns;
  readonly hadStandby: boolean;
}

/** A rebuild of the board's process reads the whole log; only hot has a promise. */
const READY_MS = 120_000;
/** No report followed at all. */
const NEVER_NS = 3_600n * NS_PER_SECOND;
const PROMISED_NS = 2n * NS_PER_SECOND;

/** kill -9 of everything in turn under load; afterwards nothing is lost, nothing is told twice, and the gaps are measured. */
export const killDrill: Drill<'rate' | 'seconds' | 'kills'> = {
  name: 'kill',
  about:
    'kill -9 of each process in turn under load; then verify, and how long each kill kept reports from going out',
  options: {
    rate: { fallback: 500, help: 'executions per second' },
    seconds: { fallback: 120, help: 'for so long' },
    kills: { fallback: 3, help: 'times that each process is killed' },
  },
  async run(scene, options) {
    const { timeline } = scene;
    const load = await scene.startLoad([{ ratePerSecond: options.rate, seconds: options.seconds }]);
    timeline.note(`${options.rate} executions per second begin, for ${options.seconds} s`);
    const plan = planKills(options.seconds, options.kills);
    const kills = await carryOut(scene, load, plan);
    timeline.check(
      'everything was killed as planned, under load, and came back',
      kills.length === plan.length,
      `${kills.length} kills of ${plan.length}`,
      { isTimed: true },
    );
    await scene.finish(load);
    const journal = scene.facility.journal();
    const takenNs = submissions(journal);
    const silences = kills.map(({ atNs }, index) =>
      longestSilence(takenNs, atNs, kills[index + 1]?.atNs ?? null),
    );
    const facilityDead = deathsOfFacility(kills, journal);
    showTable(scene, kills, silences);
    checkTakeover(scene, kills, silences, facilityDead);
    await checkBreaches(scene, facilityDead);
  },
};

/** Kills by the plan, whoever is still being replaced; but no process twice before it was, and none after the load. */
async function carryOut(scene: Scene, load: Load, plan: readonly PlannedKill[]): Promise<readonly Kill[]> {
  const { clock, product } = scene;
  const startNs = clock.monotonicNs();
  const kills: Promise<Kill>[] = [];
  const last = new Map<Role, Promise<Kill>>();
  let isOver = false;
  load.offered.then(
    () => {
      isOver = true;
    },
    () => {},
  );
  for (const { role, atSeconds } of plan) {
    if (atSeconds !== null) {
      const leftNs = BigInt(Math.round(atSeconds * 1_000)) * NS_PER_MS - (clock.monotonicNs() - startNs);
      if (leftNs > 0n) await scene.pause(Number(leftNs / NS_PER_MS) / 1_000);
    }
    await last.get(role);
    // Long enough for the first reports of the new one to go out, too short for a standby to be ready.
    if (atSeconds === null) await scene.pause(0.5);
    if (isOver) break;
    const atNs = clock.nowNs();
    const pid = scene.kill(role);
    const kill = product.untilReady(role, pid, READY_MS).then(() => ({
      role,
      pid,
      newPid: product.pid(role),
      atNs,
      readyNs: clock.nowNs(),
      hadStandby: role === 'hot' && atSeconds !== null,
    }));
    // Awaited below; until then it must not end the drill.
    kill.catch(() => {});
    last.set(role, kill);
    kills.push(kill);
  }
  return Promise.all(kills);
}

/** When the facility took a report, of whatever kind. */
function submissions(journal: readonly JournalEntry[]): readonly Ns[] {
  return journal
    .flatMap((entry) =>
      entry.kind === 'ACCEPTED' || entry.kind === 'REJECTED' || entry.kind === 'SEEN_TWICE'
        ? [nsFromRfc3339(entry.at) ?? 0n]
        : [],
    )
    .sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
}

/** From the kill of `outside` to the line with which the facility opens its journal again. */
function deathsOfFacility(kills: readonly Kill[], journal: readonly JournalEntry[]): readonly Span[] {
  const openedNs = journal.flatMap((entry) =>
    entry.kind === 'SESSION' && entry.session === '' ? [nsFromRfc3339(entry.at) ?? 0n] : [],
  );
  return kills.flatMap(({ role, atNs }) => {
    const toNs = openedNs.find((at) => at > atNs);
    return role === 'outside' && toNs !== undefined ? [{ fromNs: atNs, toNs }] : [];
  });
}

function showTable({ timeline }: Scene, kills: readonly Kill[], silences: readonly (Span | null)[]): void {
  timeline.line('');
  timeline.line('  killed   process id   replaced by   ready after   longest time without a report');
  for (const [index, kill] of kills.entries()) {
    const silence = silences[index] ?? null;
    timeline.line(
      [
        `  ${kill.role.padEnd(7)}`,
        String(kill.pid).padStart(10),
        String(kill.newPid).padStart(11),
        milliseconds(kill.readyNs - kill.atNs).padStart(11),
        (silence === null ? 'no report followed' : milliseconds(silence.toNs - silence.fromNs)).padStart(15),
        remarkOn(kill),
      ].join('   '),
    );
  }
  timeline.line('');
}

function remarkOn({ role, hadStandby }: Kill): string {
  if (role === 'hot') return hadStandby ? 'the standby took over' : 'no standby was ready yet';
  return role === 'outside' ? 'the facility itself was dead' : '';
}

const milliseconds = (ns: Ns): string => `${ns / NS_PER_MS} ms`;

/** How long we took; of `outside` from when the facility was there again, for until then nobody could report. */
function takeoverNs(kill: Kill, silence: Span | null, facilityDead: readonly Span[]): Ns {
  if (silence === null) return NEVER_NS;
  const backNs = facilityDead.find(({ fromNs }) => fromNs === kill.atNs)?.toNs ?? silence.fromNs;
  return silence.toNs - (backNs > silence.fromNs ? backNs : silence.fromNs);
}

function checkTakeover(
  { timeline }: Scene,
  kills: readonly Kill[],
  silences: readonly (Span | null)[],
  facilityDead: readonly Span[],
): void {
  const tookNs = kills.flatMap((kill, index) =>
    // Two deaths within a second are beyond the promise; they are shown, and must lose nothing all the same.
    kill.role === 'hot' && !kill.hadStandby ? [] : [takeoverNs(kill, silences[index] ?? null, facilityDead)],
  );
  const longestNs = tookNs.reduce((longest, ns) => (ns > longest ? ns : longest), 0n);
  timeline.check(
    'the next submission comes within 2 s of each kill, or of the return of the facility',
    longestNs <= PROMISED_NS,
    `${tookNs.filter((ns) => ns <= PROMISED_NS).length} of ${tookNs.length}, the longest after ${milliseconds(longestNs)}`,
    { isTimed: true },
  );
}

async function checkBreaches({ timeline, product }: Scene, facilityDead: readonly Span[]): Promise<void> {
  const { reports } = await readLogStory(product.dataDir);
  const { ours, facilitys } = blame(reports.values(), facilityDead);
  const late = ours.filter((report) => report.late);
  const deadNs = facilityDead.reduce(
    (longest, { fromNs, toNs }) => (toNs - fromNs > longest ? toNs - fromNs : longest),
    0n,
  );
  timeline.check(
    'no breach of our making',
    ours.length === 0,
    `${ours.length} windows closed before we knew the answer, ${late.length} of them late by the facility's time; ` +
      `${facilitys.length} more while the facility was dead for longer than the window (its longest death took ${seconds(deadNs)})`,
    { isTimed: true },
  );
  const breached = [...reports.values()].filter((report) => report.breached);
  timeline.check(
    'every breach that was declared was warned of before',
    breached.every(({ warned }) => warned),
    `${breached.filter(({ warned }) => warned).length} of ${breached.length}`,
  );
  const doubtful = [...reports.values()].filter(({ inDoubt }) => inDoubt);
  timeline.check(
    'what the kills left in doubt was cleared up without a person',
    doubtful.every(({ resolvedBy: by }) => by !== null && by !== 'PERSON'),
    `${doubtful.length} in doubt; resolved by ${tally(doubtful.map(({ resolvedBy }) => resolvedBy ?? 'nothing'))}`,
  );
}
