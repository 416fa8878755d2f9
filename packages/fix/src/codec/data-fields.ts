/**
 * Length fields and the data field that follows each: the only fields whose value may hold SOH. From the FIX 4.2,
 * 4.4 and 5.0 SP2 field lists.
 */
const DATA_FIELD_OF_LENGTH: readonly (readonly [length: number, data: number])[] = [
  [90, 91],
  [93, 89],
  [95, 96],
  [212, 213],
  [348, 349],
  [350, 351],
  [352, 353],
  [354, 355],
  [356, 357],
  [358, 359],
  [360, 361],
  [362, 363],
  [364, 365],
  [445, 446],
  [618, 619],
  [621, 622],
  [1184, 1185],
  [1397, 1398],
  [1401, 1402],
  [1403, 1404],
];

const TAG_MAX = 1404;
const dataFieldOfLength = new Uint16Array(TAG_MAX + 1);
const isData = new Uint8Array(TAG_MAX + 1);
for (const [length, data] of DATA_FIELD_OF_LENGTH) {
  dataFieldOfLength[length] = data;
  isData[data] = 1;
}

/** The data field that `tag` gives the length of; 0 where it gives none. */
export function dataFieldFor(tag: number): number {
  return tag > 0 && tag <= TAG_MAX ? (dataFieldOfLength[tag] as number) : 0;
}

export function isDataField(tag: number): boolean {
  return tag <= TAG_MAX && isData[tag] === 1;
}
