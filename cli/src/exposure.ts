import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import type { Issue } from '@tapeclock/domain';
import type { TlsOptions } from '@tapeclock/ports';
import { ConfigError } from '@tapeclock/service';
import type { Config } from './settings.ts';

/** What our ports and our line to the facility speak; null is plain. */
export interface Exposure {
  readonly listen: ServerTls | null;
  /** As `listen`, and clients of the FIX port must show a certificate of `ca` where one is named. */
  readonly fix: (ServerTls & { readonly ca?: string }) | null;
  readonly facility: TlsOptions | null;
}

/** PEM texts. */
export interface ServerTls {
  readonly certificate: string;
  readonly privateKey: string;
}

/**
 * Reads certificates and keys. Throws `ConfigError` with every fault: what cannot be read, and what would put passwords,
 * keys and trades on a network in the clear. Loopback may be plain; anything else must say that TLS is in front of it.
 */
export function exposureOf(config: Config): Exposure {
  const faults: Issue[] = [];
  const { listen, fixGateway, facility, demo } = config;
  const pem = (variable: string, path: string | null) => readPem(variable, path, faults);
  const certificate = pem('TAPECLOCK_LISTEN_CERTIFICATE_FILE', listen.certificateFile);
  const privateKey = pem('TAPECLOCK_LISTEN_PRIVATE_KEY_FILE', listen.privateKeyFile);
  const clientCa = pem('TAPECLOCK_FIX_GATEWAY_CLIENT_CA_FILE', fixGateway.clientCaFile);
  const ours = serverTls(certificate, privateKey, listen.certificateFile, faults);
  if (ours === null && !listen.plaintext && !isLoopback(listen.host)) {
    faults.push(open('TAPECLOCK_LISTEN_HOST', listen.host, 'TAPECLOCK_LISTEN_CERTIFICATE_FILE', 'LISTEN'));
  }
  if (ours !== null && demo.enabled && demo.rate > 0) {
    faults.push({
      code: 'CONFIG_CONTRADICTION',
      field: 'TAPECLOCK_DEMO_ENABLED',
      value: 'true',
      message: 'the demo feed speaks plain FIX, and the FIX port speaks TLS',
      action: 'set TAPECLOCK_DEMO_ENABLED=false, or start with --no-demo',
    });
  }
  if (!facility.tls && !facility.plaintext && !isLoopback(facility.host)) {
    faults.push(open('TAPECLOCK_FACILITY_HOST', facility.host, 'TAPECLOCK_FACILITY_TLS=true', 'FACILITY'));
  }
  const theirs = facilityTls(
    pem('TAPECLOCK_FACILITY_CA_FILE', facility.caFile),
    pem('TAPECLOCK_FACILITY_CERTIFICATE_FILE', facility.certificateFile),
    pem('TAPECLOCK_FACILITY_PRIVATE_KEY_FILE', facility.privateKeyFile),
  );
  if (faults.length > 0) throw new ConfigError(faults);
  return {
    listen: ours,
    fix: ours === null || clientCa === null ? ours : { ...ours, ca: clientCa },
    facility: facility.tls ? theirs : null,
  };
}

function readPem(variable: string, path: string | null, faults: Issue[]): string | null {
  if (path === null) return null;
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const action = 'correct the path, or make the file readable';
    faults.push({
      code: 'CONFIG_CERTIFICATE_UNREADABLE',
      field: variable,
      value: path,
      message: String(error),
      action,
    });
    return null;
  }
}

/** Both or neither, and they belong together: a handshake that fails at the first trade is found now. */
function serverTls(
  certificate: string | null,
  privateKey: string | null,
  path: string | null,
  faults: Issue[],
): ServerTls | null {
  if (certificate === null && privateKey === null) return null;
  const fault = (message: string): null => {
    faults.push({
      code: 'CONFIG_CERTIFICATE_UNUSABLE',
      field: 'TAPECLOCK_LISTEN_CERTIFICATE_FILE',
      value: path ?? '',
      message,
      action: 'name a PEM certificate chain and the private key that belongs to it',
    });
    return null;
  };
  if (certificate === null || privateKey === null) return fault('certificate and private key go together');
  try {
    const matches = new X509Certificate(certificate).checkPrivateKey(createPrivateKey(privateKey));
    return matches ? { certificate, privateKey } : fault('the private key is not that of the certificate');
  } catch (error) {
    return fault(error instanceof Error ? error.message : String(error));
  }
}

function facilityTls(ca: string | null, certificate: string | null, privateKey: string | null): TlsOptions {
  return {
    ...(ca === null ? {} : { ca }),
    ...(certificate === null ? {} : { certificate }),
    ...(privateKey === null ? {} : { privateKey }),
  };
}

function open(variable: string, host: string, remedy: string, group: 'LISTEN' | 'FACILITY'): Issue {
  return {
    code: 'CONFIG_PLAINTEXT',
    field: variable,
    value: host,
    message: 'is not loopback, and nothing says that the wire is encrypted',
    action: `set ${remedy}, or TAPECLOCK_${group}_PLAINTEXT=true where TLS ends in front of it`,
  };
}

function isLoopback(host: string): boolean {
  if (host === 'localhost' || host === '::1') return true;
  return isIP(host) === 4 && host.startsWith('127.');
}
