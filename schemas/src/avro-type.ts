import avsc from 'avsc';
import type { AvroRecord } from './avro.ts';
import { bigintLong } from './avro-long.ts';

/** Compiles a standalone schema with `long` as `bigint`. */
export function compileType(schema: AvroRecord): avsc.Type {
  return avsc.Type.forSchema(schema as unknown as avsc.Schema, {
    registry: { long: bigintLong },
    // Without wrapping, a nullable field is simply a value or null.
    wrapUnions: 'never',
  });
}
