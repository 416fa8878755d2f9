export const SEND_ERROR_CODES = [
  /** No number was used. Try again when the session is logged on. */
  'NOT_LOGGED_ON',
  /** No number was used. The message has no FIX form: a mapping's error. */
  'NOT_ENCODABLE',
  /** No number was used. Too many messages wait to leave: slow down. */
  'OVERLOADED',
  /**
   * The record of the intent failed, so the bytes never left and the number is gap-filled. The record itself may be
   * durable all the same: treat the content as in doubt where another process reads those records.
   */
  'NOT_DURABLE',
  /** The sequence numbers were reset before the bytes left: they never will under this number. */
  'RESET',
  /** No number was used: the engine is stopping. */
  'STOPPED',
] as const;
export type SendErrorCode = (typeof SEND_ERROR_CODES)[number];

/** Why a message was not sent. */
export class SendError extends Error {
  readonly code: SendErrorCode;

  constructor(code: SendErrorCode, message: string, options?: ErrorOptions) {
    super(`${code}: ${message}`, options);
    this.name = 'SendError';
    this.code = code;
  }
}
