/** Where a page ended: the sort key and the id of its last row. Opaque to clients, so that it may change. */
export interface PageEnd {
  readonly key: bigint;
  readonly id: string;
}

export class CursorError extends Error {}

export function encodeCursor(end: PageEnd): string {
  return Buffer.from(`${end.key}|${end.id}`, 'utf8').toString('base64url');
}

/** Throws `CursorError`. */
export function decodeCursor(text: string): PageEnd {
  const match = /^(-?\d{1,19})\|(.{1,150})$/s.exec(Buffer.from(text, 'base64url').toString('utf8'));
  if (match?.[1] === undefined || match[2] === undefined) throw new CursorError('not a cursor of ours');
  return { key: BigInt(match[1]), id: match[2] };
}

/** Cuts the row that was read beyond the limit and tells where to go on. */
export function cutPage<Row>(
  rows: readonly Row[],
  limit: number,
  endOf: (row: Row) => PageEnd,
): { readonly rows: readonly Row[]; readonly nextCursor: string | null } {
  const last = rows[limit - 1];
  if (rows.length <= limit || last === undefined) return { rows, nextCursor: null };
  return { rows: rows.slice(0, limit), nextCursor: encodeCursor(endOf(last)) };
}
