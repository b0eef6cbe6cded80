// A backend that says whatever a test wants: errors, garbage, hostile documents, or nothing for a while.

import { corsFor, listen, type Running } from './servers';

export interface Question {
  readonly path: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

export interface Answer {
  readonly status?: number;
  readonly headers?: Record<string, string>;
  /** A text is sent as it is, everything else as JSON. */
  readonly body?: unknown;
}

export interface StandIn extends Running {
  /** Replaced by the test; one that does not resolve leaves the widget waiting. */
  answer: (question: Question) => Answer | Promise<Answer>;
  /** Questions other than preflights, in order. */
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
