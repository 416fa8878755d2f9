export { demoOffsetNs } from './demo-clock/demo-clock.ts';
export { demoSessions } from './demo-sessions.ts';
export { type LogReader, openLogReader } from './log-reader.ts';
export {
  type Product,
  type ProductOptions,
  type ProductPort,
  startProduct,
} from './product/start-product.ts';
export type { Role } from './supervisor/messages.ts';
export { EXCEPTION_CODES, type Exception, type Verdict } from './verify/judge.ts';
export { verifyData } from './verify/verify-data.ts';
