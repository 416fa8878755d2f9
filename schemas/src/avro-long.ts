import avsc from 'avsc';

/**
 * Avro `long` as `bigint`, both ways. avsc's own decoder rounds above 2^53 and refuses a `bigint`; an instant in
 * nanoseconds has long passed that mark.
 */
export const bigintLong = avsc.types.LongType.__with({
  fromBuffer: (buffer: Buffer) => buffer.readBigInt64LE(),
  toBuffer: (value: bigint) => {
    const buffer = Buffer.allocUnsafe(8);
    buffer.writeBigInt64LE(value);
    return buffer;
  },
  fromJSON: (value: number | string) => BigInt(value),
  toJSON: (value: bigint) => value.toString() as unknown as number,
  isValid: (value: unknown) => typeof value === 'bigint' && value >= -(2n ** 63n) && value < 2n ** 63n,
  compare: (a: bigint, b: bigint) => (a < b ? -1 : a > b ? 1 : 0),
});
