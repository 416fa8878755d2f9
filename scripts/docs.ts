// `npm run docs:generate` writes the reference documents that follow from code; `--check` complains about stale ones.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { DECLARATIONS } from '@tapeclock/cli/settings';
import { renderConfigReference } from '@tapeclock/service';
import { renderErrorsReference } from './docs/errors-reference.ts';
import { renderEventsReference } from './docs/events-reference.ts';
import { renderMetricsReference } from './docs/metrics-reference.ts';

const DOCUMENTS: readonly { readonly path: string; readonly render: () => string }[] = [
  { path: 'docs/reference/config.md', render: () => renderConfigReference(DECLARATIONS) },
  { path: 'docs/reference/errors.md', render: renderErrorsReference },
  { path: 'docs/reference/events.md', render: renderEventsReference },
  { path: 'docs/reference/metrics.md', render: renderMetricsReference },
];

const stale: string[] = [];
for (const { path, render } of DOCUMENTS) {
  const target = new URL(`../${path}`, import.meta.url);
  const rendered = render();
  if (process.argv.includes('--check')) {
    let present = '';
    try {
      present = readFileSync(target, 'utf8');
    } catch {
      // a document that does not exist is as stale as can be
    }
    if (present !== rendered) stale.push(`${path} is stale: run \`npm run docs:generate\``);
  } else {
    mkdirSync(dirname(target.pathname), { recursive: true });
    writeFileSync(target, rendered);
  }
}
if (stale.length > 0) {
  console.error(stale.join('\n'));
  process.exit(1);
}
