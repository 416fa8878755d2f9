export type { ApiKey } from './auth/api-keys.ts';
export { REST_LIMITS, type RestGatewayConfig, type RestLimits } from './config.ts';
export { startRestGateway } from './start.ts';
