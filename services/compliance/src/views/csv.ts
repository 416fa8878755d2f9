/** A spreadsheet runs a cell that begins like this; the apostrophe makes it text. */
const FORMULA_START = /^[=+\-@\t\r\n]/;
/** A plain number, also a negative one, is no formula. */
const NUMBER = /^-?\d+(\.\d+)?$/;

/** One cell, RFC 4180, safe to open in a spreadsheet. */
export function csvCell(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint')
    return String(value);
  let text = typeof value === 'string' ? value : JSON.stringify(value);
  if (FORMULA_START.test(text) && !NUMBER.test(text)) text = `'${text}`;
  return /[",\r\n']/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

export function csvLine(cells: readonly unknown[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`;
}

/** Lists go into one cell as `3Z 2-`, objects as `stage 12.5 ms`, issues as their messages. */
export function flatten(row: object): Readonly<Record<string, unknown>> {
  const flat: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(row)) {
    if (Array.isArray(value)) flat[name] = value.map(shorten).join(' ');
    else if (value !== null && typeof value === 'object') Object.assign(flat, flatten(value));
    else flat[name] = value;
  }
  return flat;
}

function shorten(item: unknown): string {
  if (item === null || typeof item !== 'object') return String(item);
  if ('field' in item && 'message' in item) return `${item.field}: ${item.message};`;
  if ('field' in item && 'code' in item) return `${item.field}${item.code}`;
  if ('stage' in item && 'durationMs' in item) return `${item.stage} ${item.durationMs} ms;`;
  return JSON.stringify(item);
}
