// `tapeclock <verb>`: the one command. Each verb is a file in verbs/, loaded only when asked for.
import { RulebookError } from '@tapeclock/domain';
import { ConfigError, EXIT } from '@tapeclock/service';
import { UsageError } from './usage-error.ts';

/** Does its work and returns the exit status. */
type Verb = (argv: readonly string[]) => Promise<number>;

const VERBS: Readonly<Record<string, { readonly help: string; readonly load: () => Promise<Verb> }>> = {
  start: {
    help: 'run the whole product on this machine, with simulated facility and CAT (ctrl-C stops it)',
    load: async () => (await import('./verbs/start.ts')).start,
  },
  serve: {
    help: 'run one process of the product, as production does: serve hot|watch|desk|outside',
    load: async () => (await import('./verbs/serve.ts')).serve,
  },
  explain: {
    help: 'say what must be reported for an execution, by when, under which clause and why',
    load: async () => (await import('./verbs/explain.ts')).explain,
  },
  rulebook: {
    help: 'check the rules, or rehearse another version of them over a day: rulebook check|diff|versions',
    load: async () => (await import('./verbs/rulebook.ts')).rulebook,
  },
  verify: {
    help: 'hold the log against the simulated facility’s journal; exit 1 on any exception',
    load: async () => (await import('./verbs/verify.ts')).verify,
  },
  replay: {
    help: 'decide everything on the log again under the present rulebook and show what differs',
    load: async () => (await import('./verbs/replay.ts')).replay,
  },
  account: {
    help: 'list the board’s accounts, make one, give one a new password, or remove one',
    load: async () => (await import('./verbs/account.ts')).account,
  },
  simulate: {
    help: 'run the pipeline on virtual time with seeded faults and check its invariants',
    load: async () => (await import('./verbs/simulate.ts')).simulate,
  },
};

const USAGE = `usage: tapeclock <verb> [options]\n${Object.entries(VERBS)
  .map(([name, { help }]) => `  ${name.padEnd(9)} ${help}`)
  .join('\n')}\n\ntapeclock <verb> --help shows the verb's options.\n`;

// Whoever reads us has read enough, as `head` does: no fault, and nothing to tell them.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

const [name = '', ...argv] = process.argv.slice(2);
const verb = VERBS[name];
if (verb === undefined) {
  console.error(name === '' || name === '--help' ? USAGE : `unknown verb "${name}"\n\n${USAGE}`);
  process.exit(name === '--help' ? 0 : 2);
}
try {
  process.exitCode = await (await verb.load())(argv);
} catch (error) {
  if (error instanceof ConfigError || error instanceof RulebookError) {
    console.error(error.message);
    process.exit(EXIT.configuration);
  }
  if (error instanceof UsageError) {
    console.error(error.message);
    process.exit(2);
  }
  throw error;
}
