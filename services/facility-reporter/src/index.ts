export {
  type FacilityReporterConfig,
  type FacilitySessionConfig,
  facilitySessions,
  REPORTER_DEFAULTS,
  sessionIdOf,
} from './config.ts';
export { CORE_DEFAULTS, type CoreSettings } from './core/settings.ts';
export { type PreparedReporter, prepareFacilityReporter, startFacilityReporter } from './start.ts';
export type { FacilityProfile } from './wire/profile.ts';
export { PROFILES } from './wire/profiles.ts';
