import { type AvroRecord, type AvroSchema, NAMESPACE } from './avro.ts';

/**
 * Writes every shared type out at its first use, so that one schema stands alone: a registry and a stranger's
 * decoder need nothing but the schema itself. Later uses stay references, as Avro demands.
 */
export function inlineTypes(event: AvroRecord, shared: ReadonlyMap<string, AvroSchema>): AvroRecord {
  const written = new Set<string>();
  const expand = (schema: AvroSchema): AvroSchema => {
    if (typeof schema === 'string') {
      const definition = shared.get(schema);
      if (definition === undefined) {
        if (schema.startsWith(NAMESPACE)) throw new Error(`no file in schemas/types defines ${schema}`);
        return schema;
      }
      if (written.has(schema)) return schema;
      written.add(schema);
      return expand(definition);
    }
    if ('fields' in schema) {
      return { ...schema, fields: schema.fields.map((field) => ({ ...field, type: expand(field.type) })) };
    }
    if ('items' in schema) return { ...schema, items: expand(schema.items) };
    if ('symbols' in schema) return schema;
    return schema.map(expand);
  };
  return expand(event) as AvroRecord;
}
