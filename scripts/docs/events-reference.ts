import type { AvroRecord, AvroSchema } from '../../schemas/src/avro.ts';
import { readSourceSchemas } from '../../schemas/src/source-files.ts';
import type { EventName } from '../../schemas/src/topics.ts';
import topics from '../../schemas/topics.json' with { type: 'json' };
import { table } from './table.ts';

/** Who writes an event. The compiler asks for each event; nothing else knows it, for a schema has no producer. */
const PRODUCERS: Readonly<Record<EventName, readonly string[]>> = {
  ExecutionReceived: ['fix-gateway', 'rest-gateway'],
  TradeReportable: ['enrichment'],
  RepairOpened: ['enrichment', 'facility-reporter', 'fix-gateway', 'cat-reporter'],
  RepairClosed: ['enrichment', 'cat-reporter'],
  ReportIntended: ['facility-reporter'],
  ReportAccepted: ['facility-reporter'],
  ReportRejected: ['facility-reporter'],
  ReportInDoubt: ['facility-reporter'],
  ReportHeld: ['facility-reporter'],
  ObligationWarned: ['deadline-tracker'],
  ObligationBreached: ['deadline-tracker'],
  ObligationMet: ['deadline-tracker'],
  BacklogForecast: ['deadline-tracker'],
  OperationsAlert: ['deadline-tracker', 'facility-reporter', 'cat-reporter'],
  DeskActed: ['compliance'],
  CatFileIntended: ['cat-reporter'],
  CatFileSubmitted: ['cat-reporter'],
  CatFeedbackReceived: ['cat-reporter'],
  ReferenceUpdated: ['whoever keeps reference data (none of the services)'],
  SessionStateChanged: ['fix-gateway', 'facility-reporter'],
  DeadLettered: ['every service that reads the log'],
  FixSessionAdvanced: ['fix-gateway', 'facility-reporter'],
};

/** docs/reference/events.md, from the authored schemas and the topic list. */
export function renderEventsReference(): string {
  const { shared, events } = readSourceSchemas();
  const parts = [
    '# Events',
    '',
    'Derived from `schemas/` by `npm run docs:generate`. Do not edit.',
    '',
    'Values are Avro in the Confluent wire format: a zero byte, the schema id (four bytes, big-endian), the body. `long` is',
    '`bigint` in code. Names ending in `Ns` are nanoseconds since the epoch, UTC; `E6` and `E8` are decimals scaled by 10^6 and 10^8.',
    'The record key is `meta.lineageId` on every topic, so everything about one execution keeps its order in one partition number.',
    'How a schema may change: [schemas/README.md](../../schemas/README.md).',
    '',
    '## Topics',
    '',
    table(
      ['topic', 'partitions', 'events'],
      topics.topics.map(({ name, partitions, events: names }) => [
        `\`${name}\``,
        String(partitions),
        names.map((event) => `[${event}](#${event.toLowerCase()})`).join(', '),
      ]),
    ),
    '',
  ];
  for (const topic of topics.topics) {
    for (const name of topic.events) {
      const event = events.get(name);
      if (event === undefined) throw new Error(`schemas/topics.json names ${name}, which has no schema`);
      const producers = PRODUCERS[name as EventName];
      parts.push(
        `## ${name}`,
        '',
        event.doc ?? '',
        '',
        `Topic \`${topic.name}\`, key \`meta.lineageId\`, written by ${producers.join(', ')}.`,
        '',
        ...fieldsOf(event),
      );
    }
  }
  parts.push('## Shared types', '');
  for (const type of [...shared.values()].sort((a, b) => nameOf(a).localeCompare(nameOf(b)))) {
    const { doc } = type as { readonly doc?: string };
    parts.push(`### ${nameOf(type)}`, '', ...(doc === undefined ? [] : [doc, '']));
    if (typeof type === 'object' && 'symbols' in type) parts.push(symbolsOf(type), '');
    else parts.push(...fieldsOf(type as AvroRecord));
  }
  return `${parts.join('\n').trimEnd()}\n`;
}

function fieldsOf(record: AvroRecord): readonly string[] {
  return [
    table(
      ['field', 'type', 'meaning'],
      record.fields.map((field) => [`\`${field.name}\``, typeText(field.type), field.doc ?? '']),
    ),
    '',
  ];
}

/** Avro's ways of writing a type, in words; shared types link to their own tables. */
function typeText(schema: AvroSchema): string {
  if (typeof schema === 'string') {
    const name = schema.split('.').at(-1) ?? schema;
    return schema.includes('.') ? `[${name}](#${name.toLowerCase()})` : name;
  }
  if (Array.isArray(schema)) return schema.map(typeText).join(' or ');
  if (typeof schema === 'object' && 'items' in schema) return `list of ${typeText(schema.items)}`;
  if (typeof schema === 'object' && 'symbols' in schema) return symbolsOf(schema);
  return nameOf(schema);
}

function symbolsOf(schema: { readonly symbols: readonly string[] }): string {
  return schema.symbols.map((symbol) => `\`${symbol}\``).join(', ');
}

function nameOf(schema: AvroSchema): string {
  return typeof schema === 'object' && 'name' in schema ? String(schema.name) : '';
}
