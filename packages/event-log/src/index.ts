export * from './event-log.ts';
export * from './log-error.ts';
