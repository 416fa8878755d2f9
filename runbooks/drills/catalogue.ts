import { backlogForecastBreach } from './backlog-forecast-breach.ts';
import type { Drill } from './drill.ts';
import { facilitySessionDown } from './facility-session-down.ts';
import { inDoubtReports } from './in-doubt-reports.ts';
import { killDrill } from './kill/kill.ts';

/** Every drill, by the name it is called with. */
export const DRILLS: readonly Drill[] = [
  facilitySessionDown,
  backlogForecastBreach,
  inDoubtReports,
  killDrill,
];
