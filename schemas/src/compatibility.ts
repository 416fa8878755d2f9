import type { AvroRecord } from './avro.ts';
import { compileType } from './avro-type.ts';
import type { RegisteredSchema } from './schema-registry.ts';

/**
 * FULL_TRANSITIVE: the candidate reads what every released version wrote, and every released version reads
 * what the candidate writes. Returns one line per clash, empty when all is well.
 */
export function compatibilityClashes(candidate: AvroRecord, released: readonly RegisteredSchema[]): string[] {
  const next = compileType(candidate);
  return released.flatMap((old) => {
    const previous = compileType(old.schema);
    const label = `${old.subject} version ${old.version}`;
    return [
      ...clash(`new code cannot read ${label}`, () => next.createResolver(previous)),
      ...clash(`${label} cannot read what new code writes`, () => previous.createResolver(next)),
    ];
  });
}

function clash(prefix: string, resolve: () => unknown): string[] {
  try {
    resolve();
    return [];
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return [`${prefix}: ${reason}. Add the field with a default, keep removed ones, never change a type.`];
  }
}
