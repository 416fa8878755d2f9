import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Issue } from '@tapeclock/domain';
import { type ConfigOf, type ConfigSources, type Declarations, readConfig } from './read-config.ts';

export const CONFIG_FILE = 'tapeclock.config.json';

/** All that is wrong with the configuration, one line each: name, value, what it must be, what to do. */
export class ConfigError extends Error {
  readonly issues: readonly Issue[];

  constructor(issues: readonly Issue[]) {
    const lines = issues.map(
      ({ code, field, value, message, action }) =>
        `  ${code} ${field}${value === '' ? '' : ` = ${JSON.stringify(value)}`}: ${message}; ${action}`,
    );
    super(
      `the configuration has ${issues.length} ${issues.length === 1 ? 'fault' : 'faults'}:\n${lines.join('\n')}`,
    );
    this.name = 'ConfigError';
    this.issues = issues;
  }
}

/**
 * The configuration of this process: variables over the config file over fallbacks. The file is TAPECLOCK_CONFIG, else
 * `tapeclock.config.json` in `folder` where there is one. Throws `ConfigError` with every fault at once.
 */
export function loadConfig<Declared extends Declarations>(
  declarations: Declared,
  variables: ConfigSources['variables'],
  folder: string,
): ConfigOf<Declared> {
  const named = variables.TAPECLOCK_CONFIG;
  const fileName = resolve(folder, named ?? CONFIG_FILE);
  const result = readConfig(declarations, {
    variables,
    file: readFile(fileName, named !== undefined),
    fileName: named ?? CONFIG_FILE,
    readSecret: (path) => readFileSync(resolve(folder, path), 'utf8'),
  });
  if ('issues' in result) throw new ConfigError(result.issues);
  return result.config;
}

function readFile(path: string, mustExist: boolean): unknown {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if (!mustExist && (error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    const action = 'correct TAPECLOCK_CONFIG, or make the file readable';
    throw new ConfigError([
      {
        code: 'CONFIG_FILE_UNREADABLE',
        field: 'TAPECLOCK_CONFIG',
        value: path,
        message: String(error),
        action,
      },
    ]);
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    const action = 'correct the file; it must be plain JSON without comments';
    throw new ConfigError([
      {
        code: 'CONFIG_FILE_NOT_JSON',
        field: 'TAPECLOCK_CONFIG',
        value: path,
        message: String(error),
        action,
      },
    ]);
  }
}
