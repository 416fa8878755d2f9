import type { Issue } from '@tapeclock/domain';
import type { Setting } from './setting.ts';

/** Settings by group and key: `{ restGateway: { port: port({…}) } }`. */
export type Declarations = {
  readonly [group: string]: { readonly [key: string]: Setting<unknown> };
};

type ValueOf<Declared> = Declared extends Setting<infer Value> ? Value : never;
export type ConfigOf<Declared extends Declarations> = {
  readonly [Group in keyof Declared]: {
    readonly [Key in keyof Declared[Group]]: ValueOf<Declared[Group][Key]>;
  };
};

export interface ConfigSources {
  readonly variables: Readonly<Record<string, string | undefined>>;
  /** Parsed config file, null where there is none. */
  readonly file: unknown;
  /** What the file is called in complaints. */
  readonly fileName: string;
  /** Text of a secret's file; throws when unreadable. */
  readonly readSecret: (path: string) => string;
}

export type ConfigResult<Declared extends Declarations> =
  | { readonly config: ConfigOf<Declared> }
  | { readonly issues: readonly Issue[] };

/** `TAPECLOCK_REST_GATEWAY_PORT` for `restGateway.port`. */
export function variableOf(group: string, key: string, setting: Setting<unknown>): string {
  const snake = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();
  return setting.variable ?? `TAPECLOCK_${snake(group)}_${snake(key)}`;
}

/** Set by tools of ours, read elsewhere. */
const OTHER_VARIABLES = new Set(['TAPECLOCK_CONFIG']);

/**
 * Every value from its variable, else the config file, else the fallback. Finds all faults before it gives up: whoever
 * sets a system up wants one list, not one fault per attempt. Names nobody declared are faults too, for most are typos.
 */
export function readConfig<Declared extends Declarations>(
  declarations: Declared,
  sources: ConfigSources,
): ConfigResult<Declared> {
  const issues: Issue[] = [];
  const known = new Set(OTHER_VARIABLES);
  const file = objectOr(sources.file, () =>
    issues.push(
      issue(
        'CONFIG_FILE_SHAPE',
        sources.fileName,
        '',
        'is not an object',
        'write { "group": { "key": value } }',
      ),
    ),
  );
  const config: Record<string, Record<string, unknown>> = {};
  for (const [group, settings] of Object.entries(declarations)) {
    const section = objectOr(file[group] ?? {}, () =>
      issues.push(
        issue('CONFIG_FILE_SHAPE', group, String(file[group]), 'is not an object', 'write { "key": value }'),
      ),
    );
    const values: Record<string, unknown> = {};
    config[group] = values;
    for (const [key, setting] of Object.entries(settings)) {
      const variable = variableOf(group, key, setting);
      known.add(variable);
      if (setting.secret) known.add(`${variable}_FILE`);
      const found = find(setting, variable, section[key], sources);
      if ('issue' in found) issues.push(found.issue);
      else if (found.text === null) {
        if (setting.fallback === undefined) {
          issues.push(
            issue(
              'CONFIG_MISSING',
              variable,
              '',
              'is not set and has no default',
              `set ${variable} to ${setting.kind}`,
            ),
          );
        } else values[key] = setting.fallback;
      } else {
        const parsed = setting.parse(found.text);
        if ('value' in parsed) values[key] = parsed.value;
        else {
          const shown = setting.secret ? '[secret]' : found.text;
          issues.push(
            issue(
              'CONFIG_INVALID',
              found.name,
              shown,
              `must be ${parsed.mustBe}`,
              `set ${found.name} to ${parsed.mustBe}`,
            ),
          );
        }
      }
    }
    for (const key of Object.keys(section)) {
      if (!Object.hasOwn(settings, key)) issues.push(unknownName(`${sources.fileName}: ${group}.${key}`));
    }
  }
  for (const group of Object.keys(file)) {
    if (!Object.hasOwn(declarations, group)) issues.push(unknownName(`${sources.fileName}: ${group}`));
  }
  for (const name of Object.keys(sources.variables)) {
    if (name.startsWith('TAPECLOCK_') && !known.has(name)) issues.push(unknownName(name));
  }
  return issues.length > 0 ? { issues } : { config: config as ConfigOf<Declared> };
}

type Found = { readonly text: string | null; readonly name: string } | { readonly issue: Issue };

function find(setting: Setting<unknown>, variable: string, inFile: unknown, sources: ConfigSources): Found {
  const given = sources.variables[variable];
  if (given !== undefined) return { text: given, name: variable };
  if (!setting.secret) {
    if (inFile === undefined || inFile === null) return { text: null, name: variable };
    const text = Array.isArray(inFile) ? inFile.join(',') : String(inFile);
    return { text, name: `${sources.fileName} (${variable})` };
  }
  const named = objectOr(inFile ?? {}, () => {}).file;
  const path = sources.variables[`${variable}_FILE`] ?? (typeof named === 'string' ? named : undefined);
  if (path === undefined) {
    if (inFile === undefined) return { text: null, name: variable };
    const action = `set ${variable}, or write { "file": "path of a file that holds it" }`;
    return {
      issue: issue('CONFIG_SECRET_IN_FILE', variable, '[secret]', 'stands in the config file itself', action),
    };
  }
  try {
    return { text: sources.readSecret(path).trimEnd(), name: variable };
  } catch (error) {
    const action = 'make the file readable for this user, or name another';
    return {
      issue: issue('CONFIG_SECRET_UNREADABLE', variable, path, `cannot be read: ${String(error)}`, action),
    };
  }
}

function objectOr(value: unknown, complain: () => void): Record<string, unknown> {
  if (value === null || value === undefined) return {};
  if (typeof value === 'object' && !Array.isArray(value)) return value as Record<string, unknown>;
  complain();
  return {};
}

function issue(code: string, field: string, value: string, message: string, action: string): Issue {
  return { code, field, value, message, action };
}

function unknownName(field: string): Issue {
  return issue(
    'CONFIG_UNKNOWN',
    field,
    '',
    'is no setting',
    'look the name up in docs/reference/config.md, or remove it',
  );
}
