// `node scripts/run.mjs ts scripts/fix-dictionaries.ts`: writes packages/fix/dictionaries from the XML specifications that
// quickfixgo carries. With --check it compares instead, and passes where that module is not provisioned: the compiled
// form is in the repository, so nothing but this script needs the source.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { compileDictionary } from './fix-dictionaries/compile-dictionary.ts';
import { quickfixgoModule } from './provision/quickfixgo-module.mjs';

const target = fileURLToPath(new URL('../packages/fix/dictionaries/', import.meta.url));
const NAMES = ['FIX42', 'FIX44', 'FIX50SP2', 'FIXT11'] as const;

const isCheck = process.argv.includes('--check');
const source = quickfixgoModule({ download: !isCheck });
if ('missing' in source) {
  console.log(source.missing);
  process.exit(isCheck ? 0 : 1);
}
let stale = 0;
const write = (name: string, text: string): void => {
  const path = `${target}${name}`;
  if (!isCheck) writeFileSync(path, text);
  else if (readFileSync(path, 'utf8') !== text) {
    stale += 1;
    console.log(`packages/fix/dictionaries/${name} is not what its source compiles to`);
  }
};
for (const name of NAMES) {
  write(`${name}.txt`, compileDictionary(readFileSync(`${source.folder}/spec/${name}.xml`, 'utf8'), name));
}
write('LICENSE', readFileSync(`${source.folder}/LICENSE`, 'utf8'));
process.exit(stale === 0 ? 0 : 1);
