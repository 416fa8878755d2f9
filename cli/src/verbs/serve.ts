import { createEventCodec, embeddedRegistry, releasedSchemas } from '@tapeclock/schemas';
import { loadConfig } from '@tapeclock/service';
import { openProcessContext } from '../processes/process-context.ts';
import { LOAD_ROLE } from '../processes/roles.ts';
import { runProcess } from '../processes/run-process.ts';
import { DECLARATIONS } from '../settings.ts';
import { ROLES } from '../supervisor/messages.ts';
import { readOptions, UsageError } from '../usage-error.ts';

const USAGE = 'usage: tapeclock serve hot|watch|desk|outside   (settings: docs/reference/config.md)';

/** One process in the foreground, on the host's own clock, under whatever supervises it there. */
export async function serve(argv: readonly string[]): Promise<number> {
  const { values, positionals } = readOptions(argv, {}, USAGE);
  if (values.help === true) {
    console.log(USAGE);
    return 0;
  }
  const role = ROLES.find((one) => one === positionals[0]);
  if (role === undefined) throw new UsageError(USAGE);
  const config = loadConfig(DECLARATIONS, process.env, process.cwd());
  const module = await LOAD_ROLE[role]();
  const context = await openProcessContext({
    name: role,
    config,
    codec: await createEventCodec(embeddedRegistry(), releasedSchemas),
    clockOffsetNs: 0n,
    notice: (text) => console.log(text),
  });
  await runProcess({
    name: role,
    healthPort: module.healthPort(config),
    context,
    services: await module.services(context),
    onReady: () => console.log(`${role} is ready`),
  });
  return 0;
}
