// The REST load driver's own process, so that it shares no event loop with what it measures.
import { systemClock } from '@tapeclock/ports';
import { seededRandom } from '@tapeclock/ports/virtual';
import { loadUniverse } from '../executions/universe.ts';
import { answerParent } from '../own-process/answer-parent.ts';
import { httpPost, openConnections } from './http-post.ts';
import { offerRequests } from './offer-requests.ts';
import type { RestLoadOptions, RestLoadSummary } from './rest-load-options.ts';

answerParent<RestLoadOptions, RestLoadSummary>(async (options) => {
  const clock = systemClock(options.clockOffsetNs);
  const post = httpPost(options.url, options.key, clock);
  await openConnections(post, options.connections);
  const summary = await offerRequests(
    {
      clock,
      random: seededRandom(options.seed),
      universe: await loadUniverse(options.mpid, clock.nowNs()),
      post,
    },
    options,
  );
  const { user, system } = process.cpuUsage();
  return { ...summary, cpuSeconds: (user + system) / 1e6 };
});
