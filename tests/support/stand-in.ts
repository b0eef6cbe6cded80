// A backend that responds as the test requires: errors, garbage, hostile documents, or nothing for a while.

import { corsFor, listen, type Running } from './servers';

export interface Question {
  readonly path: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

export interface Answer {
  readonly status?: number;
  readonly headers?: Record<string, string>;
  /** Body of the response: a text is sent unchanged, everything else as JSON. */
  readonly body?: unknown;
}

export interface StandIn extends Running {
  /** Function that the test replaces. While its promise is pending, the widget waits. */
  answer: (question: Question) => Answer | Promise<Answer>;
  /** HTTP requests other than preflights, in order. */
  readonly asked: Question[];
}

export async function standIn(): Promise<StandIn> {
  const asked: Question[] = [];
  const running = await listen((request, response) => {
    const cors = corsFor(request);
    if (request.method === 'OPTIONS') return void response.writeHead(204, cors).end();
    const question = { path: request.url ?? '', headers: request.headers };
    asked.push(question);
    void Promise.resolve(self.answer(question)).then(({ status = 200, headers, body }) => {
      response.writeHead(status, { ...cors, 'Content-Type': 'application/json', 'Cache-Control': 'private, no-store', ...headers });
      response.end(body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body));
    });
  });
  const self: StandIn = { ...running, asked, answer: () => ({ status: 404, body: { status: 404, code: 'order-not-found' } }) };
  return self;
}
