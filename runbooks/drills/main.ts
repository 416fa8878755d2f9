// `npm run drill -- <name> [options]`: rehearses one runbook on a real product; without a name, lists them.
import { parseArgs } from 'node:util';
import { DRILLS } from './catalogue.ts';
import type { Drill } from './drill.ts';
import { runDrill } from './run-drill.ts';

const [name, ...rest] = process.argv.slice(2);
const drill = DRILLS.find((known) => known.name === name);
if (drill === undefined) {
  const isWrong = name !== undefined && !['--help', '-h'].includes(name);
  if (isWrong) console.error(`there is no drill "${name}"`);
  console.log(['usage: npm run drill -- <name> [options]', ...DRILLS.flatMap(describe)].join('\n'));
  process.exit(isWrong ? 2 : 0);
}

const options = read(drill, rest);
console.log(`drill ${drill.name}: ${drill.about}`);
console.log(
  `${Object.entries(options)
    .map(([option, value]) => `--${option} ${value}`)
    .join(' ')}\n`,
);
let isOver = false;
try {
  const checks = await runDrill(drill, options, (line) => console.log(line));
  const failed = checks.filter(({ ok }) => !ok);
  console.log(
    failed.length === 0
      ? `\npassed: ${checks.length} checks`
      : `\nFAILED: ${failed.length} of ${checks.length} checks\n${failed.map(({ text, found }) => `  ${text}: ${found}`).join('\n')}`,
  );
  isOver = failed.length === 0;
} catch (error) {
  console.error(`\nFAILED: ${error instanceof Error ? error.message : String(error)}`);
}
process.exit(isOver ? 0 : 1);

function describe({ name: known, about, options: wanted }: Drill): readonly string[] {
  return [
    '',
    `  ${known}`,
    `      ${about}`,
    ...Object.entries(wanted).map(
      ([option, { fallback, help }]) => `${`      --${option} <n>`.padEnd(24)}${help} (${fallback})`,
    ),
  ];
}

function read({ options: wanted }: Drill, argv: readonly string[]): Record<string, number> {
  const names = Object.keys(wanted);
  try {
    const { values } = parseArgs({
      args: [...argv],
      options: Object.fromEntries(names.map((option) => [option, { type: 'string' as const }])),
    });
    return Object.fromEntries(
      names.map((option) => {
        const text = values[option];
        if (text === undefined) return [option, wanted[option]?.fallback ?? 0];
        if (typeof text !== 'string' || !/^[1-9]\d{0,5}$/.test(text))
          throw new Error(`--${option}: give a whole number above 0`);
        return [option, Number(text)];
      }),
    );
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    process.exit(2);
  }
}
