export type EncodeErrorCode = 'TAG' | 'EMPTY' | 'SOH' | 'NOT_WHOLE';

/** What was asked to be written has no FIX form. A programmer's or a mapping's error, never a peer's; terminal. */
export class EncodeError extends Error {
  readonly code: EncodeErrorCode;
  readonly tag: number;

  constructor(code: EncodeErrorCode, tag: number, advice: string) {
    super(`FIX field ${tag} cannot be written (${code}): ${advice}`);
    this.name = 'EncodeError';
    this.code = code;
    this.tag = tag;
  }
}
