export type DecodeErrorCode = 'NOT_WIRE_FORMAT' | 'SCHEMA_UNKNOWN' | 'BODY_UNREADABLE';

/** A record that cannot be read. `SCHEMA_UNKNOWN` may pass once the registry has been asked; the others never do. */
export class DecodeError extends Error {
  readonly code: DecodeErrorCode;
  readonly schemaId: number | null;

  constructor(code: DecodeErrorCode, schemaId: number | null, message: string) {
    super(`${code}: ${message}`);
    this.name = 'DecodeError';
    this.code = code;
    this.schemaId = schemaId;
  }
}
