import { Kbd, Modal, Table } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { browserClock } from '../clock.ts';
import { navigate } from '../router/location.ts';
import { ROUTES } from './routes.tsx';

const SEQUENCE_MS = 1_200;

/** `/` to search, `g` and a letter to go, `?` for this list. Never while somebody types. */
export function Shortcuts() {
  const [shown, setShown] = useState(false);
  const going = useRef(false);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      if (event.key === '?') setShown(true);
      else if (event.key === '/') {
        event.preventDefault();
        search();
      } else if (going.current) {
        going.current = false;
        const route = ROUTES.find(({ key }) => key === event.key);
        if (route !== undefined) navigate(route.path);
      } else if (event.key === 'g') {
        going.current = true;
        browserClock.after(SEQUENCE_MS, () => {
          going.current = false;
        });
      }
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, []);
  return (
    <Modal opened={shown} onClose={() => setShown(false)} title="Keyboard">
      <Table>
        <Table.Tbody>
          <Row keys={['/']} what="Search trades" />
          {ROUTES.flatMap(({ key, name }) =>
            key === undefined ? [] : [<Row key={key} keys={['g', key]} what={name ?? ''} />],
          )}
          <Row keys={['?']} what="This list" />
        </Table.Tbody>
      </Table>
    </Modal>
  );
}

function Row({ keys, what }: { readonly keys: readonly string[]; readonly what: string }) {
  return (
    <Table.Tr>
      <Table.Td>
        {keys.map((key) => (
          <Kbd key={key} mr={4}>
            {key}
          </Kbd>
        ))}
      </Table.Td>
      <Table.Td>{what}</Table.Td>
    </Table.Tr>
  );
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
  );
}

/** The search field of the trades page, wherever one is. */
function search(): void {
  if (document.querySelector('#search') === null) navigate('/trades');
  browserClock.after(50, () => document.querySelector<HTMLInputElement>('#search')?.focus());
}
