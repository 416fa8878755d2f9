import { diskFileStore, systemClock } from '@tapeclock/ports';
import { dataDirectory } from '../data-directory.ts';
import { demoOffsetNs } from '../demo-clock/demo-clock.ts';
import { openLogReader } from '../log-reader.ts';
import { judge, type Verdict } from './judge.ts';
import { readJournal } from './read-journal.ts';
import { readLogFacts } from './read-log-facts.ts';

/**
 * Judges a data directory. Best asked of a product at rest: beside a running one, a report that is answered at this very
 * moment may show as an exception; ask again.
 */
export async function verifyData(dataFolder: string): Promise<Verdict> {
  const data = dataDirectory(dataFolder);
  const offsetNs = await demoOffsetNs(diskFileStore(data.root));
  const reader = await openLogReader(dataFolder);
  try {
    const logFacts = await readLogFacts(reader.events);
    // After the log: what the facility took since then is looked up in the log again by nobody, so the order matters.
    const journal = await readJournal(data.facilityJournal);
    return judge({ ...logFacts, journal, nowNs: systemClock(offsetNs).nowNs() });
  } finally {
    await reader.close();
  }
}
