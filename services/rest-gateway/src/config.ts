import type { FollowedIndex } from '@tapeclock/intake';
import type { ApiKey } from './auth/api-keys.ts';

export interface RestGatewayConfig {
  readonly host: string;
  /** 0 lets the system choose. */
  readonly port: number;
  readonly keys: readonly ApiKey[];
  /** PEM texts; null serves plain HTTP, which is for loopback or behind what ends TLS. @default null */
  readonly tls: { readonly certificate: string; readonly privateKey: string } | null;
  readonly limits: RestLimits;
  /** What was taken before, read ahead and shared with other gateways of the process. @default one of its own */
  readonly index?: FollowedIndex;
}

export interface RestLimits {
  /** JSON bodies. @default 1 MiB */
  readonly bodyBytesMax: number;
  /** Records in one batch. @default 1,000 */
  readonly batchRecordsMax: number;
  /** Uploads after decompression. @default 64 MiB */
  readonly uploadBytesMax: number;
  /** @default 200,000 */
  readonly uploadRecordsMax: number;
  /** Decompressed bytes per compressed byte; beyond it an upload is taken for a bomb. @default 100 */
  readonly uploadRatioMax: number;
  /** Records a key may send per second, sustained; a burst of four seconds' worth is let through. @default 5,000 */
  readonly recordsPerSecond: number;
  /** Requests being worked on at once; the next one is told to come back. @default 256 */
  readonly requestsMax: number;
}

export const REST_LIMITS: RestLimits = {
  bodyBytesMax: 1024 * 1024,
  batchRecordsMax: 1_000,
  uploadBytesMax: 64 * 1024 * 1024,
  uploadRecordsMax: 200_000,
  uploadRatioMax: 100,
  recordsPerSecond: 5_000,
  requestsMax: 256,
};
