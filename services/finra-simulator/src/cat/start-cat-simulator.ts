import type { Clock, FileStore } from '@tapeclock/ports';
import { CatDesk } from './cat-desk.ts';
import type { CatFaults } from './cat-faults.ts';
import { hostKeyOf } from './host-key.ts';
import { startSftpServer } from './sftp-server.ts';
import { bzip2Compressor } from './simulated-bzip2.ts';

export interface CatSimulatorConfig {
  readonly host: string;
  readonly port: number;
  readonly username: string;
  readonly password: string | null;
  /** OpenSSH public key that may log on; null for none. */
  readonly publicKey: string | null;
  readonly faults: Partial<CatFaults>;
  /** See `CatDeskOptions.facilityKnows`. */
  readonly facilityKnows?: (marketCenterId: string, tapeTradeId: string) => boolean;
}

export const CAT_SIMULATOR_DEFAULTS: CatSimulatorConfig = {
  host: '127.0.0.1',
  port: 9882,
  username: 'tapeclock',
  password: 'simulated-cat',
  publicKey: null,
  faults: {},
};

export interface RunningCatSimulator {
  readonly port: number;
  /** `SHA256:…`, what a client pins. */
  readonly hostKeySha256: string;
  /** Live: what is written here is what CAT does from now on. */
  readonly faults: CatFaults;
  cutAll(): void;
  stop(): Promise<void>;
}

/** A stand-in for CAT's SFTP side. `files` is its own folder: uploads, feedback, journal, host key. */
export async function startCatSimulator(
  environment: { readonly clock: Clock; readonly files: FileStore },
  given: Partial<CatSimulatorConfig> = {},
): Promise<RunningCatSimulator> {
  const config = { ...CAT_SIMULATOR_DEFAULTS, ...given };
  const { facilityKnows } = config;
  const desk = await CatDesk.open({
    ...environment,
    compress: await bzip2Compressor(),
    faults: config.faults,
    ...(facilityKnows && { facilityKnows }),
  });
  const hostKey = await hostKeyOf(environment.files);
  const server = await startSftpServer(desk, { ...config, hostKey: hostKey.privateKey });
  return {
    port: server.port,
    hostKeySha256: hostKey.sha256,
    faults: desk.faults,
    cutAll: server.cutAll,
    async stop() {
      desk.stop();
      await server.stop();
    },
  };
}
