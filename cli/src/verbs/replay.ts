import { loadConfig } from '@tapeclock/service';
import { rulebookFolder } from '../product-folders.ts';
import { replayData } from '../replay/replay-data.ts';
import { DECLARATIONS } from '../settings.ts';
import { readOptions } from '../usage-error.ts';

const USAGE = `usage: tapeclock replay [--data <folder>] [--rulebook <folder>] [--reference <folder>]
Decides every execution on the log again and prints what differs from what was decided then; 1 when anything does.`;

export async function replay(argv: readonly string[]): Promise<number> {
  const text = { type: 'string' } as const;
  const { values } = readOptions(argv, { data: text, rulebook: text, reference: text }, USAGE);
  if (values.help === true) {
    console.log(USAGE);
    return 0;
  }
  const config = loadConfig(DECLARATIONS, process.env, process.cwd());
  const result = await replayData(values.data ?? config.data.folder, {
    rulebookFolder: values.rulebook ?? rulebookFolder(config),
    ...(values.reference !== undefined && { referenceFolder: values.reference }),
  });
  for (const { executionId, field, before, after } of result.differences) {
    console.log(`${executionId} ${field}: then ${before}, now ${after}`);
  }
  console.log(
    `${result.decided} decisions made again under rulebook ${result.rulebookVersion}, ${result.differences.length} differences`,
  );
  return result.differences.length === 0 ? 0 : 1;
}
