import type { Ns } from '@tapeclock/domain';
import type { Facility } from '@tapeclock/schemas';
import { DeadlineQueue } from './deadline-queue.ts';
import { Pace } from './pace.ts';
import type { Report } from './report.ts';
import type { CoreSettings } from './settings.ts';

/**
 * One FIX session to one facility, as dispatch sees it: what waits for it, what is unanswered on it, how fast it may
 * go. Knows nothing of lineages.
 */
export class Lane {
  readonly sessionId: string;
  readonly facility: Facility;
  /** False for the session of an instance that is gone: resumed only to learn what became of its reports. */
  readonly sendsReports: boolean;
  readonly queue = new DeadlineQueue<Report>();
  readonly pace: Pace;
  /** Intended or sent on this session and unanswered, by the id on the wire; oldest first. */
  readonly flight = new Map<string, Report>();
  up = false;
  /** In doubt on this session and not yet with a person: they bound what else may be sent. */
  doubtful = 0;
  queriesOpen = 0;
  /** The facility has refused a query as such: asking it again is no use. */
  refusesQueries: boolean;
  /** Steady time at which a sign of life was last asked for. */
  testRequestedNs: Ns | null = null;

  constructor(
    session: {
      readonly sessionId: string;
      readonly facility: Facility;
      readonly sendsReports: boolean;
      readonly answersQueries: boolean;
    },
    settings: CoreSettings,
  ) {
    this.sessionId = session.sessionId;
    this.facility = session.facility;
    this.sendsReports = session.sendsReports;
    this.refusesQueries = !session.answersQueries;
    this.pace = new Pace(settings.reportsPerSecond, settings.burst);
  }
}
