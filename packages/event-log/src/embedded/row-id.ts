/**
 * Row id of a record: partition in the upper 15 bits, offset in the lower 48. One b-tree so serves both the append
 * (at the right edge of each partition's range) and the scan of a partition, with no second index to write.
 */
const OFFSET_BITS = 48n;
const OFFSET_MASK = (1n << OFFSET_BITS) - 1n;

export function rowId(partition: number, offset: bigint): bigint {
  return (BigInt(partition) << OFFSET_BITS) | offset;
}

/** First row id that belongs to no offset of the partition. */
export function rowIdEnd(partition: number): bigint {
  return BigInt(partition + 1) << OFFSET_BITS;
}

export function offsetOf(id: bigint): bigint {
  return id & OFFSET_MASK;
}
