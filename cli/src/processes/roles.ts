import type { HostedService } from '@tapeclock/service';
import type { Config } from '../settings.ts';
import type { Role } from '../supervisor/messages.ts';
import type { ProcessContext } from './process-context.ts';

export interface RoleModule {
  /** Reads what the services need; starts nothing. */
  readonly services: (context: ProcessContext) => Promise<readonly HostedService[]>;
  readonly healthPort: (config: Config) => number;
}

/** Loads what one process needs and nothing else: the hot one carries no web server's weight, the desk no FIX engine's. */
export const LOAD_ROLE: Readonly<Record<Role, () => Promise<RoleModule>>> = {
  hot: async () => ({
    services: (await import('./hot.ts')).hotServices,
    healthPort: ({ health }) => health.hotPort,
  }),
  watch: async () => ({
    services: (await import('./watch.ts')).watchServices,
    healthPort: ({ health }) => health.watchPort,
  }),
  desk: async () => ({
    services: (await import('./desk.ts')).deskServices,
    healthPort: ({ health }) => health.deskPort,
  }),
  outside: async () => ({
    services: (await import('./outside.ts')).outsideServices,
    healthPort: ({ health }) => health.outsidePort,
  }),
};
