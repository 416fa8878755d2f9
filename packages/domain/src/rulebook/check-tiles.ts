/** Deadline bands and sessions must tile a day from its beginning to its end, without a gap and without an overlap. */
import { timeOfDayText } from '../calendar/eastern.ts';
import { NS_PER_DAY, type Ns } from '../ns.ts';
import type { DayPlan } from './day-plan.ts';
import type { Entry } from './entry.ts';
import type { FaultList } from './fault-list.ts';

interface Tile {
  readonly fromNsOfDay: Ns;
  readonly toNsOfDay: Ns;
  readonly rule: Entry;
}

export function checkTiles(faults: FaultList, day: string, plan: DayPlan): void {
  tile(faults, `deadlines of ${day}`, plan.beginsNsOfDay, plan.bands);
  tile(
    faults,
    `sessions of ${day}`,
    plan.beginsNsOfDay,
    plan.sessions.map((rule) => ({ fromNsOfDay: rule.fromNsOfDay, toNsOfDay: rule.toNsOfDay, rule })),
  );
}

function tile(faults: FaultList, what: string, beginsNsOfDay: Ns, tiles: readonly Tile[]): void {
  const endsNsOfDay = beginsNsOfDay + NS_PER_DAY;
  let reached = beginsNsOfDay;
  let last: Entry | null = null;
  const gap = (from: Ns, to: Ns, rule: Entry | null, key: string) => {
    const complaint = {
      value: `${clock(from)}–${clock(to)}`,
      message: `gap in the ${what}`,
      action: 'Add a band for this time or extend a neighbour.',
    };
    if (rule === null) faults.at('rulebook.json', '', complaint);
    else faults.atEntry(rule, key, complaint);
  };
  for (const { fromNsOfDay: from, toNsOfDay: to, rule } of tiles) {
    if (from > reached) gap(reached, from, rule, 'from');
    if (from < reached || from >= to || to > endsNsOfDay) {
      faults.atEntry(rule, from < reached ? 'from' : 'to', {
        value: `${clock(from)}–${clock(to)}`,
        message: `overlap in the ${what}${last === null ? '' : ` with ${last.id}`}`,
        action: 'Let each band begin where the one before it ends.',
      });
    }
    reached = to;
    last = rule;
  }
  if (reached < endsNsOfDay) gap(reached, endsNsOfDay, last, 'to');
}

function clock(nsOfDay: Ns): string {
  if (nsOfDay < 0n) return `eve ${clock(nsOfDay + NS_PER_DAY)}`;
  return timeOfDayText(nsOfDay).slice(0, 8);
}
