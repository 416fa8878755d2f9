export {
  ensureSeedAccounts,
  loadAccounts,
  removeAccount,
  renewPassword,
  type SeededAccount,
} from './auth/accounts.ts';
export {
  type ComplianceConfig,
  PROJECTED_TOPICS,
  type RunningCompliance,
  startCompliance,
} from './start-compliance.ts';
