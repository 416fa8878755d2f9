export * from './codec/index.ts';
export * from './session/index.ts';
export { isAdmin, MsgType, Tag } from './tags.ts';
