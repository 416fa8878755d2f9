import { readdirSync } from 'node:fs';
import type { EchoVersion } from '@tapeclock/fix/acceptance';
import { quickfixgoModule } from '../../../scripts/provision/quickfixgo-module.mjs';

export const VERSION_OF_FOLDER = {
  fix42: 'FIX.4.2',
  fix44: 'FIX.4.4',
  fix50sp2: 'FIX.5.0SP2',
} as const satisfies Record<string, EchoVersion>;
export type DefinitionFolder = keyof typeof VERSION_OF_FOLDER;

export interface DefinitionFile {
  readonly folder: DefinitionFolder;
  readonly name: string;
  readonly path: string;
}

/** The public definitions in the cache, with the file of patterns beside them; or why they are not there. */
export function definitionFiles():
  | { readonly files: readonly DefinitionFile[]; readonly patterns: string }
  | { readonly missing: string } {
  const source = quickfixgoModule();
  if ('missing' in source) return source;
  const root = `${source.folder}/_test/definitions`;
  const folders = Object.keys(VERSION_OF_FOLDER) as DefinitionFolder[];
  return {
    patterns: `${root}/fields.fmt`,
    files: folders.flatMap((folder) =>
      readdirSync(`${root}/server/${folder}`).map((name) => ({
        folder,
        name: name.replace(/\.def$/, ''),
        path: `${root}/server/${folder}/${name}`,
      })),
    ),
  };
}
