export type { Bzip2 } from './bzip2.ts';
export { CAT_REPORTER_DEFAULTS, type CatReporterConfig, type CatSftpConfig } from './cat-config.ts';
export { type CatTransport, CatTransportError, type RemoteFile } from './cat-transport.ts';
export { commandBzip2, hasBzip2Command } from './node/bzip2-command.ts';
export { wasmBzip2 } from './node/bzip2-wasm.ts';
export { hostKeyFingerprint, sftpTransport } from './node/sftp-transport.ts';
export { type CatPorts, startCatReporter } from './start-cat-reporter.ts';
