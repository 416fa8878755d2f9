import { contentHash } from '@tapeclock/domain';
import { parseRow, ReferenceDataError } from './parse-row.ts';
import type { ReferenceRows } from './rows.ts';

/** The texts of the four files, as read. */
export interface ReferenceTexts {
  readonly securitiesCsv: string;
  readonly mpidsJson: string;
  readonly haltsJson: string;
  readonly routingJson: string;
}

/** Rows with the version that names exactly these texts. */
export interface ReferenceBase {
  readonly version: string;
  readonly rows: ReferenceRows;
}

/** Parses the files of reference data. Throws `ReferenceDataError` naming file and line: half a security master is none. */
export function parseReference(texts: ReferenceTexts): ReferenceBase {
  const rows: ReferenceRows = {
    securities: parseCsv(texts.securitiesCsv, 'securities.csv').map(([cells, place]) =>
      parseRow.securities(cells, place),
    ),
    mpids: parseList(texts.mpidsJson, 'mpids.json').map(([cells, place]) => parseRow.mpids(cells, place)),
    halts: parseList(texts.haltsJson, 'halts.json').map(([cells, place]) => parseRow.halts(cells, place)),
    routing: parseList(texts.routingJson, 'routing.json').map(([cells, place]) =>
      parseRow.routing(cells, place),
    ),
  };
  const hash = contentHash(texts.securitiesCsv, texts.mpidsJson, texts.haltsJson, texts.routingJson);
  return { version: hash.slice(0, 12), rows };
}

type PlacedCells = readonly [Readonly<Record<string, unknown>>, string];

/** Plain CSV: one header line, no quoting. A quote is refused rather than half understood. */
function parseCsv(text: string, file: string): PlacedCells[] {
  const [header = '', ...lines] = text.split(/\r?\n/);
  const names = header.split(',');
  return lines.flatMap((line, index): PlacedCells[] => {
    if (line === '') return [];
    const place = `${file}:${index + 2}`;
    const cells = line.split(',');
    if (line.includes('"')) throw new ReferenceDataError(place, 'quoted cells are not supported');
    if (cells.length !== names.length)
      throw new ReferenceDataError(place, `${cells.length} cells, ${names.length} columns`);
    return [[Object.fromEntries(names.map((name, column) => [name, cells[column]])), place]];
  });
}

function parseList(text: string, file: string): PlacedCells[] {
  const list = parseJson(text, file);
  if (!Array.isArray(list)) throw new ReferenceDataError(file, 'must be a JSON list');
  return list.map(
    (item: unknown, index): PlacedCells => [asCells(item, `${file}[${index}]`), `${file}[${index}]`],
  );
}

/** One JSON object as cells, as `ReferenceUpdated.row` carries it. */
export function parseCells(text: string, place: string): Readonly<Record<string, unknown>> {
  return asCells(parseJson(text, place), place);
}

function parseJson(text: string, place: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new ReferenceDataError(
      place,
      `not JSON: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

function asCells(item: unknown, place: string): Readonly<Record<string, unknown>> {
  if (typeof item !== 'object' || item === null || Array.isArray(item)) {
    throw new ReferenceDataError(place, 'must be a JSON object');
  }
  return item as Readonly<Record<string, unknown>>;
}
