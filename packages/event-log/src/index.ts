export {
  type EmbeddedEventLog,
  type EmbeddedLogOptions,
  openEmbeddedLog,
  type TrimOptions,
} from './embedded/embedded-event-log.ts';
export * from './event-log.ts';
export { type FollowOptions, followTopic, type TopicFollower } from './follow-topic.ts';
export * from './log-error.ts';
export { type MemoryLog, type MemoryLogOptions, memoryEventLog } from './memory/memory-event-log.ts';
export type { DiskFault } from './memory/memory-faults.ts';
export { murmur2 } from './murmur2.ts';
export { type TopicCatalogue, topicCatalogue } from './topic-catalogue.ts';
export { untilDone } from './until-done.ts';
