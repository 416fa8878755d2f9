// `npm run check`: everything about the code that can be told without running it. All checks run side by side; each
// names what is wrong and where. Under 30 s on two cores.
import { readFileSync } from 'node:fs';
import { systemClock } from '@tapeclock/ports';
import { clockReads } from './check/clock-in-one-place.ts';
import { audit, lockfile, script, tool } from './check/commands.ts';
import { undocumentedCodes } from './check/documented-codes.ts';
import { fileShape } from './check/file-shape.ts';
import { importDirection } from './check/import-direction.ts';
import { type Lockfile, licences } from './check/licences.ts';
import { type Check, outcomeOf } from './check/outcome.ts';
import { deadLinks } from './check/relative-links.ts';
import { listFiles, ROOT, readFiles } from './check/source-files.ts';
import { textRules } from './check/text-rules.ts';
import { workspaceReadmes } from './check/workspace-readmes.ts';

const TEXT = /\.(ts|tsx|mjs|js|json|md|avsc|ya?ml|csv|css|html|sh|toml|txt)$|(^|\/)[A-Za-z.]+$/;
const files = readFiles(listFiles().filter((path) => TEXT.test(path)));

const checks: readonly Check[] = [
  tool('types', 'tsc', '-p', '.'),
  tool('format and lint', 'biome', 'ci', '--colors=off', '--diagnostic-level=error'),
  tool('dead code', 'knip', '--no-progress', '--no-config-hints'),
  script('schemas generated', 'schemas/src/generate.ts', '--check'),
  script('schemas released', 'schemas/src/release.ts', '--check'),
  script('reference documents', 'scripts/docs.ts', '--check'),
  script('FIX dictionaries', 'scripts/fix-dictionaries.ts', '--check'),
  lockfile,
  audit,
  { name: 'import direction', run: async () => outcomeOf(importDirection(files)) },
  { name: 'clock in one place', run: async () => outcomeOf(clockReads(files)) },
  {
    name: 'file length and names',
    async run() {
      const { complaints, medianLines, ninetyPercentLines } = fileShape(files);
      return outcomeOf(
        complaints,
        `median ${medianLines} lines, nine in ten under ${ninetyPercentLines + 1}`,
      );
    },
  },
  { name: 'codes documented', run: async () => outcomeOf(undocumentedCodes(files)) },
  { name: 'links of documents', run: async () => outcomeOf(deadLinks(files)) },
  { name: 'readme of each workspace', run: async () => outcomeOf(workspaceReadmes(files)) },
  { name: 'text rules', run: async () => outcomeOf(textRules(files)) },
  {
    name: 'licences',
    async run() {
      const lockfile = JSON.parse(readFileSync(`${ROOT}package-lock.json`, 'utf8')) as Lockfile;
      const { complaints, checked } = licences(lockfile);
      return outcomeOf(complaints, `${checked} production dependencies`);
    },
  },
];

const clock = systemClock();
const startNs = clock.monotonicNs();
const outcomes = await Promise.all(checks.map(async (check) => ({ check, outcome: await check.run() })));
let failed = 0;
for (const { check, outcome } of outcomes) {
  if (outcome.kind === 'ok') {
    console.log(`ok       ${check.name}${outcome.note === undefined ? '' : ` (${outcome.note})`}`);
  } else if (outcome.kind === 'skipped') console.log(`skipped  ${check.name}: ${outcome.why}`);
  else {
    failed += 1;
    console.log(`FAILED   ${check.name}\n${outcome.complaints.replace(/^/gm, '         ')}`);
  }
}
const seconds = Number((clock.monotonicNs() - startNs) / 1_000_000n) / 1000;
console.log(`${checks.length} checks, ${failed} failed, ${seconds.toFixed(1)} s`);
process.exit(failed === 0 ? 0 : 1);
