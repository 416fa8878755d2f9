import { loadAccounts, removeAccount, renewPassword } from '@tapeclock/compliance';
import { diskFileStore, systemRandom } from '@tapeclock/ports';
import { loadConfig } from '@tapeclock/service';
import { dataDirectory } from '../data-directory.ts';
import { DECLARATIONS } from '../settings.ts';
import { readOptions, UsageError } from '../usage-error.ts';

const USAGE = `usage: tapeclock account [<name>] [options]
  without a name: lists the accounts of the board
  <name>               makes the account, or gives it a new password, which is shown this once
  --role <role>        officer or viewer; a new account needs one
  --remove             removes the account
  --data <folder>      data directory`;

const ROLES = ['officer', 'viewer'] as const;
/** As on the record of acts: no blanks, nothing that a list could hide. */
const NAME = /^[a-z0-9][a-z0-9._-]{0,63}$/;

/** The accounts of the board, also beside a running product. Sign-ins that exist last until the process desk ends. */
export async function account(argv: readonly string[]): Promise<number> {
  const { values, positionals } = readOptions(
    argv,
    { role: { type: 'string' }, remove: { type: 'boolean' }, data: { type: 'string' } },
    USAGE,
  );
  if (values.help === true) {
    console.log(USAGE);
    return 0;
  }
  const folder = values.data ?? loadConfig(DECLARATIONS, process.env, process.cwd()).data.folder;
  const files = diskFileStore(dataDirectory(folder).service('compliance'));
  const present = await loadAccounts(files);
  const [name] = positionals;
  if (name === undefined) {
    for (const one of present) console.log(`${one.name.padEnd(20)} ${one.role}`);
    return 0;
  }
  if (!NAME.test(name)) throw new UsageError(`an account's name is ${NAME.source}\n\n${USAGE}`);
  const before = present.find((one) => one.name === name);
  if (values.remove === true) {
    console.log((await removeAccount(files, name)) ? `removed ${name}` : `there is no account ${name}`);
    return before === undefined ? 1 : 0;
  }
  const role = ROLES.find((one) => one === (values.role ?? before?.role));
  if (role === undefined) {
    throw new UsageError(`say --role officer or --role viewer for ${name}\n\n${USAGE}`);
  }
  const password = await renewPassword(files, systemRandom, { name, role });
  console.log(`account ${name}, role ${role}, password ${password} (shown this once)`);
  return 0;
}
