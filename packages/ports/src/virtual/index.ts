export { memoryFileStore } from './memory-file-store.ts';
export { seededRandom } from './seeded-random.ts';
export { type VirtualClock, virtualClock } from './virtual-clock.ts';
export { type VirtualNetwork, type VirtualNetworkOptions, virtualNetwork } from './virtual-network.ts';
