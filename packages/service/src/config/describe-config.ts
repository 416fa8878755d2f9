import { NS_PER_MS } from '@tapeclock/domain';
import { type ConfigOf, type Declarations, variableOf } from './read-config.ts';

/** What is in force, one `VARIABLE=value` a line; secrets are hidden, defaults are marked. */
export function printConfig<Declared extends Declarations>(
  declarations: Declared,
  config: ConfigOf<Declared>,
): string {
  const lines: string[] = [];
  for (const [group, settings] of Object.entries(declarations)) {
    for (const [key, setting] of Object.entries(settings)) {
      const value: unknown = (config[group] as Record<string, unknown>)[key];
      const text = setting.secret ? '[secret]' : written(value);
      const mark = value === setting.fallback ? '  # default' : '';
      lines.push(`${variableOf(group, key, setting)}=${text}${mark}`);
    }
  }
  return `${lines.join('\n')}\n`;
}

function written(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'bigint') return String(value / NS_PER_MS);
  return Array.isArray(value) ? value.join(',') : String(value);
}

/** docs/reference/config.md, derived from the declarations alone. */
export function renderConfigReference(declarations: Declarations): string {
  const parts = [
    '# Configuration',
    '',
    'Derived from the declarations by `npm run docs:generate`. Do not edit.',
    '',
    'Every setting is a variable of the environment or a value in `tapeclock.config.json` (or the file that',
    '`TAPECLOCK_CONFIG` names) as `{ "group": { "key": value } }`; the variable wins. A secret comes from its variable, from the',
    'file that `<VARIABLE>_FILE` names, or from `{ "file": "path" }`, never from the config file itself.',
    'Everything is checked at start and all faults are listed at once. `tapeclock start --print-config` shows what is in force.',
    '',
  ];
  for (const [group, settings] of Object.entries(declarations)) {
    parts.push(
      `## ${group}`,
      '',
      '| key | variable | value | default | meaning |',
      '| --- | --- | --- | --- | --- |',
    );
    for (const [key, setting] of Object.entries(settings)) {
      const fallback =
        setting.fallback === undefined
          ? 'none, must be set'
          : setting.fallbackText === ''
            ? ''
            : `\`${setting.fallbackText}\``;
      parts.push(
        `| \`${key}\` | \`${variableOf(group, key, setting)}\` | ${setting.kind} | ${fallback} | ${setting.help} |`,
      );
    }
    parts.push('');
  }
  return parts.join('\n');
}
