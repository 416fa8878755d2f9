export * from './clock.ts';
export * from './file-store.ts';
export * from './network.ts';
export { diskFileStore } from './node/disk-file-store.ts';
export { systemClock } from './node/system-clock.ts';
export { systemRandom } from './node/system-random.ts';
export { tcpNetwork } from './node/tcp-network.ts';
export * from './random.ts';
