import { loadConfig } from '@tapeclock/service';
import { DECLARATIONS } from '../settings.ts';
import { readOptions } from '../usage-error.ts';
import { verifyData } from '../verify/verify-data.ts';

const USAGE = 'usage: tapeclock verify [--data <folder>] [--json]';

/** Prints the counts and every exception; 1 when there is any. */
export async function verify(argv: readonly string[]): Promise<number> {
  const { values } = readOptions(argv, { data: { type: 'string' }, json: { type: 'boolean' } }, USAGE);
  if (values.help === true) {
    console.log(USAGE);
    return 0;
  }
  const folder = values.data ?? loadConfig(DECLARATIONS, process.env, process.cwd()).data.folder;
  const verdict = await verifyData(folder);
  if (values.json === true) console.log(JSON.stringify(verdict, null, 2));
  else {
    for (const [name, count] of Object.entries(verdict.counts)) console.log(`${name.padEnd(20)} ${count}`);
    for (const { code, subject, text } of verdict.exceptions) console.log(`${code} ${subject}: ${text}`);
    console.log(
      verdict.exceptions.length === 0 ? 'clean: exactly one accepted report for each' : 'NOT CLEAN',
    );
  }
  return verdict.exceptions.length === 0 ? 0 : 1;
}
