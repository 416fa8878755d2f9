import { NS_PER_SECOND } from '@tapeclock/domain';
import { diskFileStore, systemClock } from '@tapeclock/ports';
import { dataDirectory } from '../data-directory.ts';
import { demoOffsetNs } from '../demo-clock/demo-clock.ts';
import { openLogReader } from '../log-reader.ts';
import { judge, type Verdict } from './judge.ts';
import { readJournal } from './read-journal.ts';
import { readLogFacts } from './read-log-facts.ts';

const SETTLE_NS = 2n * NS_PER_SECOND;

/**
 * Judges a data directory. Beside a running product the last two seconds are left for the next look.
 */
export async function verifyData(dataFolder: string): Promise<Verdict> {
  const data = dataDirectory(dataFolder);
  const offsetNs = await demoOffsetNs(diskFileStore(data.root));
  const reader = await openLogReader(dataFolder);
  try {
    const clock = systemClock(offsetNs);
    // An answer takes a moment from the facility's journal to our log: what it took just before the log was read may
    // not be there yet, and is left for the next look.
    const atNs = clock.nowNs() - SETTLE_NS;
    const logFacts = await readLogFacts(reader.events);
    const journal = await readJournal(data.facilityJournal, {
      atNs,
      isLogged: (reportId, controlNumber) =>
        logFacts.reports
          .get(reportId)
          ?.accepted.some((accepted) => accepted.controlNumber === controlNumber) === true,
    });
    return judge({ ...logFacts, journal, nowNs: clock.nowNs() });
  } finally {
    await reader.close();
  }
}
