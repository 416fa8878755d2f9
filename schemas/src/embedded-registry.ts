import released from '../released.json' with { type: 'json' };
import { listRegistry, type RegisteredSchema, type SchemaRegistry } from './schema-registry.ts';

/** Every version ever released, in the order of release. The file only grows. */
export const releasedSchemas = released.schemas as unknown as readonly RegisteredSchema[];

/** The embedded registry: ids are fixed at release, so processes need no server to agree on them. */
export function embeddedRegistry(): SchemaRegistry {
  return listRegistry(releasedSchemas);
}
