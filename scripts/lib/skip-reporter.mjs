// A second reporter beside node's own: one JSON line for each skipped test, so that nothing is left out in silence.
export default async function* skipReporter(source) {
  for await (const event of source) {
    if (event.type !== 'test:pass' && event.type !== 'test:fail') continue;
    const { name, skip, file } = event.data;
    if (skip === undefined || skip === false) continue;
    yield `${JSON.stringify({ name, file: file ?? '', reason: skip === true ? '' : skip })}\n`;
  }
}
