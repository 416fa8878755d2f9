interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: Element[];
}

const NOTICE = `# Compiled from the data dictionary $NAME.xml of QuickFIX. Copyright (c) 2001- quickfixengine.org; its licence is in
# LICENSE beside this file. This product includes software developed by quickfixengine.org
# (http://www.quickfixengine.org/). Written by scripts/fix-dictionaries.ts; do not edit, use an overlay.
`;

/**
 * One specification as lines: fields by tag with type and allowed values (`B|S`), components, header, trailer, messages. Members stand
 * in the specification's order; `*` is required, `@Name` a component, `453(448 447)` a repeating group.
 */
export function compileDictionary(xml: string, name: string): string {
  const root = parseXml(xml);
  const part = (wanted: string) => root.children.find((child) => child.name === wanted)?.children ?? [];
  const fields = part('fields');
  const tagOf = new Map(fields.map(({ attributes }) => [attributes.name ?? '', Number(attributes.number)]));
  const member = (element: Element): string => {
    const { attributes, children } = element;
    const required = attributes.required === 'Y' ? '*' : '';
    if (element.name === 'component') return `@${attributes.name}${required}`;
    const tag = tagOf.get(attributes.name ?? '');
    if (tag === undefined) throw new Error(`${name}: field ${attributes.name} is not defined`);
    return element.name === 'group'
      ? `${tag}${required}(${children.map(member).join(' ')})`
      : `${tag}${required}`;
  };
  const members = (elements: readonly Element[]): string =>
    elements.map((element) => ` ${member(element)}`).join('');
  const byTag = [...fields].sort((a, b) => Number(a.attributes.number) - Number(b.attributes.number));
  const lines = [
    ...byTag.map(({ attributes, children }) => {
      const values = children.map((value) => value.attributes.enum ?? '');
      if (values.some((value) => /[|&]/.test(value))) throw new Error(`${name}: a value holds a separator`);
      const tail = values.length === 0 ? '' : ` ${values.join('|')}`;
      return `field ${attributes.number} ${attributes.name} ${attributes.type}${tail}`;
    }),
    ...part('components').map(
      ({ attributes, children }) => `component ${attributes.name}${members(children)}`,
    ),
    `header${members(part('header'))}`,
    `trailer${members(part('trailer'))}`,
    ...part('messages').map(
      ({ attributes, children }) => `message ${attributes.msgtype} ${attributes.name}${members(children)}`,
    ),
  ];
  return `${NOTICE.replace('$NAME', name)}${lines.join('\n')}\n`;
}

/** Elements and attributes; these files hold nothing else that counts. */
function parseXml(xml: string): Element {
  const root: Element = { name: '', attributes: {}, children: [] };
  const open = [root];
  for (const [, close, name = '', attributeText = '', selfClose] of xml
    .replace(/<!--[\s\S]*?-->|<\?[\s\S]*?\?>/g, '')
    .matchAll(/<(\/?)(\w+)((?:\s+\w+\s*=\s*(?:'[^']*'|"[^"]*"))*)\s*(\/?)>/g)) {
    if (close === '/') {
      open.pop();
      continue;
    }
    const attributes: Record<string, string> = {};
    for (const [, key = '', single, double] of attributeText.matchAll(
      /(\w+)\s*=\s*(?:'([^']*)'|"([^"]*)")/g,
    )) {
      attributes[key] = single ?? double ?? '';
    }
    const element: Element = { name, attributes, children: [] };
    open.at(-1)?.children.push(element);
    if (selfClose !== '/') open.push(element);
  }
  const [document] = root.children;
  if (document === undefined || open.length !== 1) throw new Error('the specification is not well-formed');
  return document;
}
