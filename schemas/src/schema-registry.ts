import type { AvroRecord } from './avro.ts';

/** One released version of one event's schema. `id` is what stands in the wire format. */
export interface RegisteredSchema {
  readonly id: number;
  readonly subject: string;
  readonly version: number;
  readonly schema: AvroRecord;
}

/**
 * Where schema ids come from. The embedded registry is the released file; a Confluent-compatible server can
 * stand behind the same port.
 */
export interface SchemaRegistry {
  /** The newest version under a subject; rejects when there is none. */
  latest(subject: string): Promise<RegisteredSchema>;
  /** `null` for an id the registry does not know, e.g. a schema released after this process started. */
  byId(id: number): Promise<RegisteredSchema | null>;
}

/** Registry over a list held in memory: the released file, or a test's own. */
export function listRegistry(schemas: readonly RegisteredSchema[]): SchemaRegistry {
  const byId = new Map(schemas.map((schema) => [schema.id, schema]));
  return {
    async latest(subject) {
      const versions = schemas.filter((schema) => schema.subject === subject);
      const newest = versions.reduce<RegisteredSchema | null>(
        (best, schema) => (best === null || schema.version > best.version ? schema : best),
        null,
      );
      if (newest === null) throw new Error(`no schema released under subject ${subject}`);
      return newest;
    },
    async byId(id) {
      return byId.get(id) ?? null;
    },
  };
}
