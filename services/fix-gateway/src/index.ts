export type { MappingProfile } from './mapping/profile.ts';
export { readProfiles } from './profiles.ts';
export type { FixGatewayConfig, GatewaySession } from './sessions/session-settings.ts';
export { startFixGateway } from './start.ts';
