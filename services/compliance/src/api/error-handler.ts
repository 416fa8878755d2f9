import type { FastifyError, FastifyInstance, FastifyReply } from 'fastify';
import { CursorError } from '../read-model/queries/cursor.ts';
import type { IssueView } from './contract.ts';
import { PROBLEMS } from './contract.ts';
import { ProblemError, problemView } from './problem-error.ts';

/** Turns every error into a problem with one of our codes; what we did not foresee is logged and told as INTERNAL. */
export function installErrorHandler(app: FastifyInstance, onFault: (error: unknown) => void): void {
  app.setErrorHandler((error: FastifyError, _request, reply) => {
    const problem = toProblem(error);
    if (problem.code === 'INTERNAL') onFault(error);
    return sendProblem(reply, problem);
  });
}

export function sendProblem(reply: FastifyReply, problem: ProblemError): FastifyReply {
  if (problem.retryAfterS !== null) void reply.header('retry-after', String(problem.retryAfterS));
  return reply
    .code(PROBLEMS[problem.code].status)
    .type('application/problem+json')
    .serializer(JSON.stringify)
    .send(problemView(problem));
}

function toProblem(error: FastifyError): ProblemError {
  if (error instanceof ProblemError) return error;
  if (error instanceof CursorError) return new ProblemError('CURSOR_INVALID', error.message);
  if (error.validation !== undefined) return invalid(error);
  switch (error.code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return new ProblemError('BODY_TOO_LARGE', 'at most 64 KiB');
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return new ProblemError('MEDIA_TYPE_UNSUPPORTED', error.message);
    default:
      if (error.statusCode !== undefined && error.statusCode < 500) {
        return new ProblemError('REQUEST_INVALID', error.message);
      }
      return new ProblemError('INTERNAL', 'it has been logged; try again or tell an engineer');
  }
}

function invalid(error: FastifyError): ProblemError {
  const where = error.validationContext ?? 'request';
  const issues = (error.validation ?? []).slice(0, 20).map(
    (fault): IssueView => ({
      code: 'SCHEMA_MISFIT',
      field: fault.instancePath.replaceAll('/', '.').replace(/^\./, ''),
      value: '',
      message: fault.message ?? 'does not fit',
      action: `Correct the ${where} as /documentation shows it`,
    }),
  );
  return new ProblemError('REQUEST_INVALID', `the ${where} does not fit its schema`, { issues });
}
