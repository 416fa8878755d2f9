export { ensureSeedAccounts, type SeededAccount, setPassword } from './auth/accounts.ts';
export {
  type ComplianceConfig,
  PROJECTED_TOPICS,
  type RunningCompliance,
  startCompliance,
} from './start-compliance.ts';
