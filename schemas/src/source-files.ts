import { readdirSync, readFileSync } from 'node:fs';
import { type AvroRecord, type AvroSchema, NAMESPACE } from './avro.ts';
import { inlineTypes } from './inline-types.ts';

/** The authored schemas, read from `schemas/types` and `schemas/events`. For tools and tests, not for services. */
export interface SourceSchemas {
  readonly shared: ReadonlyMap<string, AvroSchema>;
  readonly events: ReadonlyMap<string, AvroRecord>;
  /** Events with every shared type written out. */
  readonly standalone: ReadonlyMap<string, AvroRecord>;
}

export function readSourceSchemas(): SourceSchemas {
  const shared = new Map<string, AvroSchema>();
  for (const schema of readFolder('types')) shared.set(`${NAMESPACE}.${schema.name}`, schema);
  const events = new Map(readFolder('events').map((schema) => [schema.name, schema]));
  const standalone = new Map([...events].map(([name, schema]) => [name, inlineTypes(schema, shared)]));
  return { shared, events, standalone };
}

function readFolder(name: string): AvroRecord[] {
  const folder = new URL(`../${name}/`, import.meta.url);
  return readdirSync(folder)
    .filter((file) => file.endsWith('.avsc'))
    .sort()
    .map((file) => {
      const schema = JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as AvroRecord;
      if (`${schema.name}.avsc` !== file)
        throw new Error(`${name}/${file} defines ${schema.name}: file and name differ`);
      return schema;
    });
}
