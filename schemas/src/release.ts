// Releases the authored schemas: appends a new version for every event that changed, after the compatibility
// check. `node schemas/src/release.ts`; `--check` only says whether something is unreleased or clashes.
import { readFileSync, writeFileSync } from 'node:fs';
import { compatibilityClashes } from './compatibility.ts';
import type { RegisteredSchema } from './schema-registry.ts';
import { readSourceSchemas } from './source-files.ts';

const target = new URL('../released.json', import.meta.url);

function readReleased(): RegisteredSchema[] {
  return (JSON.parse(readFileSync(target, 'utf8')) as { schemas: RegisteredSchema[] }).schemas;
}

const released = readReleased();
const checkOnly = process.argv.includes('--check');
const complaints: string[] = [];
for (const [name, schema] of readSourceSchemas().standalone) {
  const versions = released.filter((entry) => entry.subject === name);
  const last = versions.at(-1);
  if (last !== undefined && JSON.stringify(last.schema) === JSON.stringify(schema)) continue;
  const clashes = compatibilityClashes(schema, versions);
  complaints.push(...clashes);
  if (clashes.length > 0) continue;
  if (checkOnly) complaints.push(`${name} has unreleased changes: run \`npm run schemas:release\``);
  released.push({ id: released.length + 1, subject: name, version: versions.length + 1, schema });
}
if (complaints.length > 0) {
  console.error(complaints.join('\n'));
  process.exit(1);
}
// One schema a line: a release is an appended line, and its review a short diff.
if (!checkOnly) {
  const lines = released.map((entry) => `    ${JSON.stringify(entry)}`);
  writeFileSync(target, `{\n  "schemas": [\n${lines.join(',\n')}\n  ]\n}\n`);
}
