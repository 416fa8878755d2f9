import { randomBytes } from 'node:crypto';
import type { Random } from '../random.ts';

export const systemRandom: Random = {
  nextU32: () => randomBytes(4).readUInt32LE(0),
  bytes: (count) => randomBytes(count),
};
