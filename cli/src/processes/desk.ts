import { CAT_REPORTER_DEFAULTS, startCatReporter } from '@tapeclock/cat-reporter';
import { ensureSeedAccounts, startCompliance } from '@tapeclock/compliance';
import { NS_PER_MS } from '@tapeclock/domain';
import { diskFileStore, sleep } from '@tapeclock/ports';
import { type HostedService, loadRulebook, readRulebookFiles } from '@tapeclock/service';
import { rulebookFolder } from '../product-folders.ts';
import { tradingCalendar } from '../trading-calendar.ts';
import type { ProcessContext } from './process-context.ts';

/** As the simulated CAT names it; not imported, so that this process does not load the simulator. */
const HOST_KEY_FILE = 'host-key.sha256';
const LOOK_AGAIN_NS = 100n * NS_PER_MS;
const CONNECT_TIMEOUT_MS = 5_000;

/** What people use: the board with its read model, and the day's file for CAT. */
export async function deskServices(context: ProcessContext): Promise<readonly HostedService[]> {
  const { config, exposure, data, notice } = context;
  return [
    {
      name: 'compliance',
      async start() {
        const environment = context.environment('compliance');
        for (const { name, password } of await ensureSeedAccounts(environment.files, environment.random)) {
          if (password !== null) notice(`account ${name}, password ${password} (shown this once)`);
        }
        return startCompliance(environment, {
          readModelFile: `${data.service('compliance')}/read-model.sqlite`,
          http: {
            host: config.listen.host,
            port: config.dashboard.port,
            tls: exposure.listen,
            rulebookFiles: await readRulebookFiles(rulebookFolder(config)),
          },
        });
      },
    },
    {
      name: 'cat-reporter',
      start: async () =>
        startCatReporter(context.environment('cat-reporter'), {
          ...CAT_REPORTER_DEFAULTS,
          submitterId: config.cat.submitterId,
          uploadFolder: 'upload',
          feedbackFolder: 'feedback',
          calendar: tradingCalendar(await loadRulebook(rulebookFolder(config))),
          sftp: {
            host: config.cat.host,
            port: config.cat.port,
            username: config.cat.username,
            password: config.cat.password.reveal(),
            privateKey: null,
            hostKeySha256: config.cat.hostKeySha256 ?? (await simulatedHostKey(context)),
            connectTimeoutMs: CONNECT_TIMEOUT_MS,
          },
        }),
    },
  ];
}

/** The simulated CAT makes its key at its first start, perhaps at this very moment: wait for it. */
async function simulatedHostKey({ clock, data }: ProcessContext): Promise<string> {
  const files = diskFileStore(data.service('cat-simulator'));
  for (;;) {
    const bytes = await files.read(HOST_KEY_FILE);
    if (bytes !== null) return Buffer.from(bytes).toString('utf8').trim();
    await sleep(clock, LOOK_AGAIN_NS);
  }
}
