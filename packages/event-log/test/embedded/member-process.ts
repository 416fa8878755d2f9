/** A group member to be killed. Prints each assignment as a line of JSON. Arguments: directory, member id. */
import { openEmbeddedLog } from '../../src/index.ts';
import { clock } from './embedded-world.ts';
import { KILL_TOPIC } from './kill-topic.ts';

const [directory = '', memberId = ''] = process.argv.slice(2);
const log = await openEmbeddedLog({ directory, clock, topics: [KILL_TOPIC] });
const membership = await log.join({
  group: 'g',
  memberId,
  topics: [KILL_TOPIC.name],
  async onAssignment({ revoked, assigned }) {
    for (const place of assigned) await membership.commit([{ ...place, offset: 42n }]);
    console.log(JSON.stringify({ revoked, assigned }));
  },
});
