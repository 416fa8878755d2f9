import { type ConfigOf, Secret, settings } from '@tapeclock/service';
import { LOG_LEVELS } from '@tapeclock/telemetry';

const { optionalText, oneOf, port, secret, share, text, wholeNumber, yesNo } = settings;

/** Everything about the product that can be configured; docs/reference/config.md is made from it. */
export const DECLARATIONS = {
  data: {
    folder: text({
      variable: 'TAPECLOCK_DATA',
      fallback: 'data',
      help: 'Where log, read model, accounts and journals are kept. Must be on a local disk.',
    }),
  },
  rulebook: {
    folder: optionalText({
      variable: 'TAPECLOCK_RULEBOOK',
      help: 'Folder with the rules. Empty: those that come with the product. Read and checked at start; a rule changed here holds after the next start.',
    }),
  },
  listen: {
    host: text({
      fallback: '127.0.0.1',
      help: 'Address that all ports are bound to. Anything but loopback opens the product to the network, and then needs a certificate.',
    }),
    certificateFile: optionalText({
      help: 'PEM certificate chain. With it and its key the board, REST, FIX and health speak TLS 1.2 or newer, and nothing else.',
    }),
    privateKeyFile: optionalText({ help: 'PEM private key of that certificate.' }),
    plaintext: yesNo({
      fallback: false,
      help: 'Whether ports may be open to more than loopback without TLS, because it ends in front of them.',
    }),
  },
  dashboard: {
    port: port({ fallback: 8080, help: 'The board and its API.' }),
  },
  restGateway: {
    port: port({ fallback: 8090, help: 'REST ingest.' }),
    keysFile: optionalText({
      help: 'JSON list of clients, each with name, source and the SHA-256 of its key. Empty: one demo client, made at the first start.',
    }),
  },
  fixGateway: {
    port: port({ fallback: 9880, help: 'FIX ingest: drop copy and trade capture.' }),
    sessionsFile: optionalText({
      help: 'JSON list of sessions with CompIDs, source, MPID, mapping profile, password digest and allowed addresses. Empty: the demo sessions.',
    }),
    clientCaFile: optionalText({
      help: 'PEM certificates of those who issue client certificates. With it only clients that show one may connect.',
    }),
  },
  facility: {
    host: text({
      fallback: '127.0.0.1',
      help: 'Host of the facility’s FIX side; the simulated one by default.',
    }),
    port: port({ fallback: 9881, help: 'Port of the facility’s FIX side.' }),
    tls: yesNo({ fallback: false, help: 'Whether the line to the facility is TLS.' }),
    caFile: optionalText({
      help: 'PEM certificates of those who issue the facility’s. Empty: those that Node trusts.',
    }),
    certificateFile: optionalText({
      help: 'PEM certificate that we show the facility, where it asks for one.',
    }),
    privateKeyFile: optionalText({ help: 'PEM private key of that certificate.' }),
    plaintext: yesNo({
      fallback: false,
      help: 'Whether the line may be plain though the facility is elsewhere, because something in front of us encrypts it.',
    }),
  },
  cat: {
    host: text({ fallback: '127.0.0.1', help: 'Host of CAT’s SFTP side; the simulated one by default.' }),
    port: port({ fallback: 9882, help: 'Port of CAT’s SFTP side.' }),
    username: text({ fallback: 'tapeclock', help: 'Account at CAT’s SFTP side.' }),
    password: secret({
      fallback: new Secret('simulated-cat'),
      help: 'Its password; the default is that of the simulated CAT.',
    }),
    submitterId: text({ fallback: '999999', help: 'CRD number of the firm that submits to CAT.' }),
    hostKeySha256: optionalText({
      help: 'Fingerprint of CAT’s host key, `SHA256:…`. Empty: that of the simulated CAT, read from the data directory.',
    }),
  },
  simulator: {
    enabled: yesNo({ fallback: true, help: 'Whether the process `outside` plays facility and CAT.' }),
    host: text({
      fallback: '127.0.0.1',
      help: 'Address that the simulated facility, CAT and their switches are bound to. They have no TLS: keep it on loopback.',
    }),
    controlPort: port({ fallback: 9883, help: 'Switches of the simulated facility and CAT, over HTTP.' }),
  },
  demo: {
    enabled: yesNo({ fallback: true, help: 'Whether a feed of made-up executions runs.' }),
    rate: wholeNumber({ min: 0, max: 5000, fallback: 5, help: 'Made-up executions per second.' }),
    clock: yesNo({
      fallback: true,
      help: 'Whether the clock stands on a trading day at 10:00 Eastern, so that the product can be seen at any hour. Must be false in production.',
    }),
  },
  health: {
    hotPort: port({ fallback: 9101, help: '/healthz, /readyz and /metrics of the process hot.' }),
    watchPort: port({ fallback: 9102, help: 'The same of watch.' }),
    deskPort: port({ fallback: 9103, help: 'The same of desk.' }),
    outsidePort: port({ fallback: 9104, help: 'The same of outside.' }),
  },
  log: {
    level: oneOf(LOG_LEVELS, { fallback: 'warn', help: 'Lines below this level are not written.' }),
  },
  telemetry: {
    otlpEndpoint: optionalText({
      variable: 'OTEL_EXPORTER_OTLP_ENDPOINT',
      help: 'Base address of an OpenTelemetry collector (OTLP/HTTP). Empty: no traces.',
    }),
    traceShare: share({
      fallback: 0.01,
      help: 'Share of the unremarkable trades that are traced; the others always are.',
    }),
  },
  timeSource: {
    host: optionalText({
      help: 'SNTP server that the host clock is compared with each minute. Empty: not compared.',
    }),
    port: port({ fallback: 123, help: 'Its port.' }),
  },
  supervisor: {
    spare: yesNo({
      fallback: true,
      help: 'Whether a second hot and a second watch wait, loaded and following the log, to take over at once. Costs their memory, and reading the log twice.',
    }),
  },
} as const;

export type Config = ConfigOf<typeof DECLARATIONS>;
