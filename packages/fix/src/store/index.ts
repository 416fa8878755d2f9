export { fileSessionStore } from './file-session-store.ts';
export { type FollowedSessions, followSessions } from './follow-sessions.ts';
export { type LogSessionStoreOptions, logSessionStore } from './log-session-store.ts';
export { memorySessionStore } from './memory-session-store.ts';
export { mergeSent } from './merge-sent.ts';
export type { SentLimits } from './sent-messages.ts';
export type { SentMessage, SessionRecord, SessionStore, StoredSession } from './session-store.ts';
