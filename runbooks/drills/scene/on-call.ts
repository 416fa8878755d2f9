import { NS_PER_MS, type Ns } from '@tapeclock/domain';
import type { AlertShown } from './board-answers.ts';
import type { AlertTold } from './log-story.ts';
import type { Scene } from './scene.ts';

/** Waits until the alert stands on the board, says so, checks that it names its page, and takes it on. */
export async function takeAlert(scene: Scene, name: string, sinceNs: Ns): Promise<readonly AlertShown[]> {
  const { board, clock, timeline } = scene;
  const raised = await scene.until(`${name} was raised`, async () => {
    const found = (await scene.alerts(name)).filter(({ state }) => state === 'RAISED');
    return found.length > 0 ? found : null;
  });
  const [first] = raised;
  timeline.note(
    `${name} is raised (${first?.severity}), ${seconds(clock.nowNs() - sinceNs)} after the fault: "${first?.text}"`,
  );
  timeline.check(
    'the alert names its page',
    raised.every(({ action }) => action === `Follow runbooks/${name}.md`),
    first?.action ?? '',
  );
  for (const { alertId } of raised) {
    await board.act(`/alerts/${alertId}/acknowledge`, { reason: 'drill' });
  }
  timeline.note('the officer presses "I am on it"');
  return raised;
}

/** Waits until every alert of that name is cleared on the board. */
export async function untilCleared(scene: Scene, name: string, sinceNs: Ns): Promise<void> {
  await scene.until(`${name} was cleared`, async () => {
    const found = await scene.alerts(name);
    return found.every(({ state }) => state === 'CLEARED') || null;
  });
  scene.timeline.note(`${name} is cleared, ${seconds(scene.clock.nowNs() - sinceNs)} after the cure`);
}

/** On the log each alert must have been raised, and each raised one cleared after it. */
export function checkAlertEnded(scene: Scene, name: string, told: readonly AlertTold[]): void {
  const last = new Map<string, AlertTold['state']>();
  let raised = 0;
  for (const { alert, subject, state } of told) {
    if (alert !== name) continue;
    last.set(subject, state);
    if (state === 'RAISED') raised += 1;
  }
  const open = [...last].filter(([, state]) => state === 'RAISED').map(([subject]) => subject);
  scene.timeline.check(
    `${name} was raised, then cleared`,
    raised > 0 && open.length === 0,
    `raised ${raised} times for ${last.size} subjects${open.length > 0 ? `, still raised: ${open.join(', ')}` : ', all cleared'}`,
  );
}

export function seconds(ns: Ns): string {
  return `${(Number(ns / NS_PER_MS) / 1_000).toFixed(2)} s`;
}
