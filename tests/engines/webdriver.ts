// The commands of WebDriver (https://www.w3.org/TR/webdriver2/) that the tests use, and the two transports to a browser: HTTP to a driver of its own
// (WebKitGTK), or Firefox's own socket, which takes the same commands that geckodriver passes on to it.

import { connect, type Socket } from 'node:net';

/** Commands, each with its HTTP method and path and with its name in Firefox. */
const COMMANDS = {
  navigate: ['POST /url', 'WebDriver:Navigate'],
  run: ['POST /execute/async', 'WebDriver:ExecuteAsyncScript'],
  click: ['POST /element/{id}/click', 'WebDriver:ElementClick'],
  sendKeys: ['POST /element/{id}/value', 'WebDriver:ElementSendKeys'],
  perform: ['POST /actions', 'WebDriver:PerformActions'],
  resize: ['POST /window/rect', 'WebDriver:SetWindowRect'],
  screenshot: ['GET /screenshot', 'WebDriver:TakeScreenshot'],
} as const;

export type Command = keyof typeof COMMANDS;
export type Parameters = Readonly<Record<string, unknown>>;

/** A session of a browser. */
export interface Session {
  /** Name and version of the browser. */
  readonly browser: string;
  /** Sends a command. Rejects with the browser's own message if the command fails. */
  send(command: Command, parameters: Parameters): Promise<unknown>;
}

interface Capabilities {
  readonly browserName: string;
  readonly browserVersion: string;
}

const nameOf = ({ browserName, browserVersion }: Capabilities) => `${browserName} ${browserVersion}`;

/** Opens a session over HTTP. */
export async function overHttp(origin: string): Promise<Session> {
  const ask = async (method: string, path: string, body: Parameters): Promise<unknown> => {
    const answer = await fetch(`${origin}/session${path}`, { method, ...(method === 'POST' && { body: JSON.stringify(body) }) });
    const { value } = (await answer.json()) as { value: unknown };
    if (answer.ok) return value;
    const { error, message } = value as { error: string; message: string };
    throw new Error(`${path}: ${error}: ${message}`);
  };
  const opened = await ask('POST', '', { capabilities: { alwaysMatch: {} } });
  const { sessionId, capabilities: actual } = opened as { sessionId: string; capabilities: Capabilities };
  return {
    browser: nameOf(actual),
    send: (command, parameters) => {
      const [method = '', path = ''] = COMMANDS[command][0].split(' ');
      return ask(method, `/${sessionId}${path.replace('{id}', String(parameters['id']))}`, parameters);
    },
  };
}

type Reply = readonly [type: 1, id: number, error: { error: string; message: string } | null, result: { value?: unknown } | null];

/** Opens a session over Firefox's socket, whose messages are JSON with a length prefix. */
export async function overSocket(port: number): Promise<Session> {
  const waiting = new Map<number, (reply: Reply) => void>();
  const socket = connect(port, '127.0.0.1');
  await messages(socket, (message) => {
    if (Array.isArray(message)) waiting.get(message[1] as number)?.(message as unknown as Reply);
  });
  let last = 0;
  const send = (name: string, parameters: Parameters): Promise<Record<string, unknown>> =>
    new Promise((resolve, reject) => {
      const id = ++last;
      socket.once('close', () => reject(new Error(`${name}: Firefox is gone`)));
      waiting.set(id, ([, , error, result]) => {
        socket.removeAllListeners('close');
        if (error) reject(new Error(`${name}: ${error.error}: ${error.message}`));
        else resolve(result ?? {});
      });
      const text = JSON.stringify([0, id, name, parameters]);
      socket.write(`${Buffer.byteLength(text)}:${text}`);
    });
  const opened = await send('WebDriver:NewSession', {});
  return {
    browser: nameOf(opened['capabilities'] as Capabilities),
    send: async (command, parameters) => (await send(COMMANDS[command][1], parameters))['value'],
  };
}

/** Passes on each message; resolves at the first one, which is Firefox's greeting. */
function messages(socket: Socket, take: (message: unknown) => void): Promise<void> {
  return new Promise((greeted, reject) => {
    let bytes = Buffer.alloc(0);
    socket.once('error', reject);
    socket.on('data', (more) => {
      bytes = Buffer.concat([bytes, more]);
      for (let colon = bytes.indexOf(':'); colon > 0; colon = bytes.indexOf(':')) {
        const end = colon + 1 + Number(bytes.toString('latin1', 0, colon));
        if (bytes.length < end) return;
        const message: unknown = JSON.parse(bytes.toString('utf8', colon + 1, end));
        bytes = bytes.subarray(end);
        greeted();
        take(message);
      }
    });
  });
}
