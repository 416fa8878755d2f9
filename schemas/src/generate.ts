// Derives the TypeScript types of all events from the Avro files: `npm run schemas:generate`.
// `--check` fails when the committed file is not what the schemas say.
import { readFileSync, writeFileSync } from 'node:fs';
import type { AvroSchema } from './avro.ts';
import { readSourceSchemas } from './source-files.ts';

const target = new URL('./events.generated.ts', import.meta.url);

export function renderTypes(): string {
  const { shared, events } = readSourceSchemas();
  const lines = ['// Derived from schemas/**/*.avsc by `npm run schemas:generate`. Do not edit.', ''];
  for (const schema of [...shared.values(), ...events.values()]) {
    if (typeof schema === 'string' || !('name' in schema)) continue;
    if (schema.doc !== undefined) lines.push(`/** ${schema.doc} */`);
    if ('symbols' in schema) {
      lines.push(
        `export type ${schema.name} = ${schema.symbols.map((symbol) => `'${symbol}'`).join(' | ')};`,
        '',
      );
      continue;
    }
    lines.push(`export interface ${schema.name} {`);
    for (const field of schema.fields) {
      if (field.doc !== undefined) lines.push(`  /** ${field.doc} */`);
      lines.push(`  readonly ${field.name}: ${typeScriptOf(field.type)};`);
    }
    lines.push('}', '');
  }
  lines.push('/** Every event by name. */', 'export interface EventTypes {');
  for (const name of events.keys()) lines.push(`  readonly ${name}: ${name};`);
  lines.push('}', '');
  return lines.join('\n');
}

function typeScriptOf(schema: AvroSchema): string {
  if (typeof schema === 'string') {
    const primitives: Record<string, string> = {
      string: 'string',
      int: 'number',
      long: 'bigint',
      boolean: 'boolean',
      bytes: 'Uint8Array',
      null: 'null',
    };
    return primitives[schema] ?? schema.slice(schema.lastIndexOf('.') + 1);
  }
  if ('items' in schema) return `readonly ${typeScriptOf(schema.items)}[]`;
  if ('symbols' in schema || 'fields' in schema) return schema.name;
  return schema
    .map(typeScriptOf)
    .sort((a, b) => Number(a === 'null') - Number(b === 'null'))
    .join(' | ');
}

if (import.meta.main) {
  const rendered = renderTypes();
  if (process.argv.includes('--check')) {
    if (readFileSync(target, 'utf8') !== rendered) {
      console.error('schemas/src/events.generated.ts is stale: run `npm run schemas:generate`');
      process.exit(1);
    }
  } else {
    writeFileSync(target, rendered);
  }
}
