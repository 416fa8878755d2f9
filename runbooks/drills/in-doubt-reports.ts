import type { JournalEntry } from '@tapeclock/finra-simulator';
import type { Drill } from './drill.ts';
import type {
  DeskActionShown,
  InDoubtShown,
  PageOf,
  RepairOpened,
  RepairShown,
} from './scene/board-answers.ts';
import { readLogStory } from './scene/log-story.ts';
import { scrape } from './scene/metrics.ts';
import { checkAlertEnded, takeAlert, untilCleared } from './scene/on-call.ts';
import type { Scene } from './scene/scene.ts';
import { tally } from './scene/tally.ts';

const ALERT = 'in-doubt-reports';
const BEFORE_SECONDS = 3;
const AFTER_SECONDS = 8;
/** Long enough for some reports to be under way when the facility cuts. */
const SLOW_MS = 400;
const USUAL_MS = 2;
const REFUSED_PERCENT = 30;

/** The facility takes reports and loses its answers, as `runbooks/in-doubt-reports.md` has it. */
export const inDoubtReports: Drill<'rate'> = {
  name: ALERT,
  about:
    'the facility takes reports, loses the answers and takes no queries; an officer settles each by its record',
  options: { rate: { fallback: 40, help: 'executions per second' } },
  async run(scene, { rate }) {
    const { clock, facility, timeline } = scene;
    const load = await scene.startLoad([{ ratePerSecond: rate, seconds: BEFORE_SECONDS + AFTER_SECONDS }]);
    await scene.pause(BEFORE_SECONDS);
    await facility.set({ latencyMs: SLOW_MS, queries: false, resends: false });
    await scene.pause((2 * SLOW_MS) / 1_000);
    await facility.set({ rejectPercent: REFUSED_PERCENT });
    await scene.pause((SLOW_MS * 3) / 4_000);
    const cutNs = clock.nowNs();
    await facility.cut();
    await facility.set({ latencyMs: USUAL_MS, rejectPercent: 0 });
    timeline.note(
      'the facility cuts its sessions with reports taken and not answered; it keeps no copies and takes no queries',
    );

    await takeAlert(scene, ALERT, cutNs);
    const doubts = await firstLook(scene);
    await settleByRecord(scene, doubts);
    await untilCleared(scene, ALERT, clock.nowNs());
    await resubmitRefused(scene);
    await scene.finish(load);
    await checkEnd(scene, doubts);
  },
};

async function firstLook(scene: Scene): Promise<readonly InDoubtShown[]> {
  const { product, timeline } = scene;
  const doubts = await scene.until('all that is in doubt waits for a person', async () => {
    const found = await inDoubt(scene);
    return found.length > 0 && found.every(({ nextStep }) => nextStep === 'PERSON') ? found : null;
  });
  const causes = [...new Set(doubts.map(({ cause }) => cause))].join(', ');
  timeline.note(
    `the page In doubt and held shows ${doubts.length} with next step Person (cause ${causes}); the sessions stand again`,
  );
  const gauges = await scrape(product, 'watch', 'tapeclock_reports_in_doubt');
  const told = gauges.reduce((sum, { value }) => sum + value, 0);
  timeline.check('tapeclock_reports_in_doubt says so', told === doubts.length, `${told} of ${doubts.length}`);
  return doubts;
}

async function inDoubt({ board }: Scene): Promise<readonly InDoubtShown[]> {
  return (await board.get<PageOf<InDoubtShown>>('/in-doubt?kind=IN_DOUBT&limit=500')).items;
}

/** What the officer is told on the telephone: the last that the facility wrote down about the report. */
function factOf(journal: readonly JournalEntry[], reportId: string) {
  const entry = journal.findLast(
    (line) => (line.kind === 'ACCEPTED' || line.kind === 'REJECTED') && line.tradeReportId === reportId,
  );
  if (entry?.kind === 'ACCEPTED') {
    const { controlDate, controlNumber } = entry;
    return { outcome: 'ACCEPTED', controlDate, controlNumber } as const;
  }
  return { outcome: entry?.kind === 'REJECTED' ? 'REJECTED' : 'NOT_RECEIVED' } as const;
}

async function settleByRecord(scene: Scene, doubts: readonly InDoubtShown[]): Promise<void> {
  const { board, facility, timeline } = scene;
  const journal = facility.journal();
  const outcomes: string[] = [];
  let secondWord = '';
  for (const { reportId } of doubts) {
    const fact = factOf(journal, reportId);
    const body = { ...fact, reason: 'drill: the facility desk read it from its record' };
    await board.act(`/in-doubt/${reportId}/resolve`, body);
    outcomes.push(fact.outcome);
    if (secondWord === '') {
      secondWord = await board.refusedAct(
        `/in-doubt/${reportId}/resolve`,
        { outcome: 'NOT_RECEIVED', reason: 'drill: a colleague who is too quick' },
        409,
      );
    }
  }
  timeline.note(`the officer puts each on record: ${tally(outcomes)}`);
  timeline.check(
    'a second word on the same report is refused',
    secondWord === 'ALREADY_SETTLED',
    `409 ${secondWord}`,
  );
}

/** What the facility refused is in the repair queue; it was a passing trouble of the facility's, so nothing is mended. */
async function resubmitRefused(scene: Scene): Promise<void> {
  const { board, timeline } = scene;
  const open = async (): Promise<readonly RepairShown[]> =>
    (await board.get<PageOf<RepairShown>>('/repairs?limit=500')).items;
  const items = await open();
  for (const { repairId } of items) {
    const { fields } = await board.get<RepairOpened>(`/repairs/${repairId}`);
    await board.act(`/repairs/${repairId}/resubmit`, {
      fields,
      reason: 'drill: the facility says that it may come again',
    });
  }
  await scene.until('the repair queue is empty', async () => (await open()).length === 0 || null);
  timeline.note(`the officer resubmits what was refused from the repair queue: ${items.length}`);
}

async function checkEnd(scene: Scene, doubts: readonly InDoubtShown[]): Promise<void> {
  const { board, facility, product, timeline } = scene;
  const { alerts, reports } = await readLogStory(product.dataDir);
  checkAlertEnded(scene, ALERT, alerts);
  const ids = new Set(doubts.map(({ reportId }) => reportId));
  const ours = [...reports.values()].filter(({ reportId }) => ids.has(reportId));
  const journal = facility.journal();
  const again = journal.filter((entry) => entry.kind === 'SEEN_TWICE' && ids.has(entry.tradeReportId));
  timeline.check(
    'nothing in doubt was sent twice',
    ours.every(({ intents }) => intents === 1) && again.length === 0,
    `${ours.length} reports with ${ours.reduce((sum, { intents }) => sum + intents, 0)} intents; the facility saw ${again.length} of them twice`,
  );
  const { items } = await board.get<PageOf<DeskActionShown>>('/desk-actions?limit=500');
  const words = items.filter(({ verb, subject }) => verb === 'RESOLVE_IN_DOUBT' && ids.has(subject));
  timeline.check(
    'the record says who said what',
    words.length === doubts.length && words.every(({ actor }) => actor === 'officer'),
    `${words.length} acts RESOLVE_IN_DOUBT by officer`,
  );
  const others = [...reports.values()].filter(
    ({ inDoubt: wasInDoubt, late, breached }) => !wasInDoubt && (late || breached),
  );
  timeline.check(
    'the others were not held up: no breach among them',
    others.length === 0,
    `${others.length} of ${reports.size - ours.length}`,
    { isTimed: true },
  );
}
