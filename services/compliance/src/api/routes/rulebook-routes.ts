import { rulebookAnswer } from '../../views/rulebook-answer.ts';
import type { InstallRoutes } from '../api-context.ts';
import * as contract from '../contract.ts';
import { ProblemError } from '../problem-error.ts';

const tags = ['rulebook'];

/** The rules for reading, and a question put to them by hand. Nothing of it is kept. */
export const installRulebookRoutes: InstallRoutes = (app, { shown }) => {
  app.get(
    '/api/rulebook',
    {
      schema: {
        tags,
        summary: 'Every entry and test vector of the rulebook in force',
        response: { 200: contract.RulebookView, '4xx': contract.Problem },
      },
    },
    async () => shown.view,
  );

  app.get<{ Querystring: contract.RulebookQuestion }>(
    '/api/rulebook/answer',
    {
      schema: {
        tags,
        summary: 'What the rulebook says of one event, with its trace',
        querystring: contract.RulebookQuestion,
        response: { 200: contract.RulebookAnswer, '4xx': contract.Problem },
      },
    },
    async (request) => {
      const found = rulebookAnswer(shown.rulebook, request.query);
      if ('answer' in found) return found.answer;
      throw new ProblemError('REQUEST_INVALID', 'the rulebook cannot answer this', {
        issues: [...found.issues],
      });
    },
  );
};
