/**
 * Test vectors stand beside the rules, in Eastern time, so that whoever reviews a rule sees what it does and
 * whoever changes one sees what that changes. A vector states the expected answer; it is never generated
 * from the code that it tests.
 */
import { baseFiles, layOver, readDrafts } from './draft.ts';
import { FaultList, type RulebookFiles } from './fault-list.ts';
import { FieldReader } from './field-reader.ts';
import { RulebookError } from './rulebook-error.ts';

export type JsonObject = Readonly<Record<string, unknown>>;

export interface Vector {
  readonly id: string;
  /** Why this is the expected answer, for a person. */
  readonly why: string;
  readonly file: string;
  /** Its JSON path in the file, `vectors[3]`. */
  readonly path: string;
  /**
   * A question as `questionFromJson` reads it, with Eastern wall times such as `2026-03-06 18:45:00`; or a look-up: `facility`,
   * `on` (a date) and one of `modifier` (`3:T`), `rejectCode`, `fieldsOf` (a report type).
   */
  readonly given: JsonObject;
  /**
   * Some keys of the answer, `ruleId`, `lateModifiers`, `tradeDate`, `dueEastern`; `steps`, some entries of the trace with clause and
   * certainty; `issue`, its code, where there is no decision; `refused`, the fields for which the question is none.
   */
  readonly expect: JsonObject;
}

/** Reads `vectors/*.json` out of the rulebook's files, with those of a draft laid over. Throws `RulebookError`. */
export function parseVectors(files: RulebookFiles): readonly Vector[] {
  const faults = new FaultList(files);
  const vectors = readVectors(files, faults);
  if (faults.found) throw new RulebookError(faults.faults);
  return vectors;
}

/** As `parseVectors`, but notes the faults instead of throwing. */
export function readVectors(files: RulebookFiles, faults: FaultList): readonly Vector[] {
  let vectors = baseFiles(files)
    .filter((file) => file.startsWith('vectors/'))
    .flatMap((file) => readFile(file, faults));
  for (const draft of readDrafts(files, faults)) {
    const over = draft.files
      .filter(({ path }) => path.startsWith('vectors/'))
      .flatMap(({ file }) => readFile(file, faults));
    vectors = [...layOver(vectors, over, draft, (vector) => vector, new Set())];
  }
  const ids = new Set<string>();
  for (const { id, file, path } of vectors) {
    if (ids.has(id)) {
      faults.at(file, `${path}.id`, {
        value: id,
        message: 'id is used twice',
        action: 'Give it an id of its own.',
      });
    }
    ids.add(id);
  }
  return vectors;
}

function readFile(file: string, faults: FaultList): readonly Vector[] {
  const document = new FieldReader(faults, file, '', faults.document(file));
  document.text('about');
  const list = document.raw('vectors');
  document.refuseUnknownKeys();
  if (!Array.isArray(list)) {
    document.fault('vectors', list, 'a list is missing', 'Give "vectors" at least one vector.');
    return [];
  }
  return list.map((value: unknown, index) => {
    const path = `vectors[${index}]`;
    faults.name(file, path, (value as { readonly id?: unknown } | null)?.id);
    const from = new FieldReader(faults, file, path, value);
    const vector = {
      id: from.text('id'),
      why: from.text('why'),
      file,
      path,
      given: from.record('given'),
      expect: from.record('expect'),
    };
    from.refuseUnknownKeys();
    return vector;
  });
}

/** Ids of the base's vectors, read loosely: faults in them are `readVectors`' to tell. */
export function vectorIds(files: RulebookFiles): readonly string[] {
  const aside = new FaultList(files);
  return baseFiles(files)
    .filter((file) => file.startsWith('vectors/'))
    .flatMap((file) => readFile(file, aside).map(({ id }) => id));
}
