export * from './decimal.ts';
export * from './facility.ts';
export * from './ids.ts';
export * from './issue.ts';
export * from './ns.ts';
