import type { Random } from '@tapeclock/ports';

const SOH = '\x01';
/** Numbers, texts and bytes that have broken parsers before. */
const NASTY = [
  '0',
  '-0',
  '-1',
  '1',
  '00',
  '+1',
  '1e9',
  '2147483647',
  '2147483648',
  '4294967296',
  '9007199254740993',
  '1000000000000000000',
  '99999999999999999999999',
  'NaN',
  '',
  ' ',
  '\0',
  '\x7f',
  '\xff\xfe',
  'Y',
  'N',
  '=',
  '8=FIX',
  '8=FIX.4.4',
  '10=000',
  '9=',
  '35=',
  '20261332-25:61:61',
  '99991231-23:59:59.999999999999',
  '.',
  '-',
  'é',
  'x'.repeat(300),
];

/** A number below `end`. */
export function below(random: Random, end: number): number {
  return random.nextU32() % end;
}

export function pick<Item>(random: Random, items: readonly Item[]): Item {
  return items[below(random, items.length)] as Item;
}

/** One to four changes to a message in latin1 with SOH between its fields; may give anything at all. */
export function mutate(random: Random, message: string, others: readonly string[]): string {
  let text = message;
  for (let changes = 1 + below(random, 4); changes > 0; changes -= 1) text = change(random, text, others);
  return text;
}

function change(random: Random, text: string, others: readonly string[]): string {
  const fields = text.split(SOH);
  const at = below(random, fields.length);
  const field = fields[at] ?? '';
  const [tag = ''] = field.split('=', 1);
  switch (below(random, 12)) {
    case 0: // another value
      fields[at] = `${tag}=${pick(random, NASTY)}`;
      break;
    case 1: // another tag
      fields[at] = `${pick(random, [...NASTY, String(below(random, 2000))])}=${field.slice(tag.length + 1)}`;
      break;
    case 2:
      fields.splice(at, 1);
      break;
    case 3:
      fields.splice(at, 0, field);
      break;
    case 4: // many times
      fields.splice(at, 0, ...new Array<string>(1 + below(random, 40)).fill(field));
      break;
    case 5:
      fields.splice(below(random, fields.length), 0, ...fields.splice(at, 1));
      break;
    case 6: // fields of another message
      fields.splice(at, 0, ...pick(random, others).split(SOH).slice(below(random, 6)));
      break;
    case 7: {
      const place = below(random, text.length + 1);
      return `${text.slice(0, place)}${pick(random, NASTY)}${text.slice(place)}`;
    }
    case 8: {
      const place = below(random, text.length + 1);
      return text.slice(0, place) + text.slice(place + 1 + below(random, 20));
    }
    case 9: {
      const place = below(random, text.length + 1);
      return `${text.slice(0, place)}${String.fromCharCode(below(random, 256))}${text.slice(place + 1)}`;
    }
    case 10:
      return text.slice(0, below(random, text.length + 1));
    default:
      fields.splice(at, 0, `${1 + below(random, 1700)}=${pick(random, NASTY)}`);
  }
  return fields.join(SOH);
}
