export * from './codec/index.ts';
export * from './dictionary/index.ts';
export * from './engine/index.ts';
export { type Complaint, type RejectReason, SessionRejectReason } from './reject-reason.ts';
export * from './session/index.ts';
export * from './store/index.ts';
export { isAdmin, MsgType, Tag } from './tags.ts';
