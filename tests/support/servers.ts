// The three parties of an embedding, each on an origin of its own: the shop (host pages with any policy), the network that delivers dist/embed, and a
// stand-in for the backend that responds with one order and records the HTTP requests.

import { createReadStream, existsSync, statSync } from 'node:fs';
import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';

const TYPES: Record<string, string> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.json': 'application/json',
  '.wasm': 'application/wasm',
};

export interface Running {
  readonly origin: string;
  stop(): Promise<void>;
}

export async function listen(handler: RequestListener): Promise<Running> {
  const server: Server = createServer(handler);
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    stop: () =>
      new Promise((stopped) => {
        server.closeAllConnections();
        server.close(() => stopped());
      }),
  };
}

export interface Page {
  readonly html: string;
  readonly headers?: Record<string, string>;
}

export interface Shop extends Running {
  /** Adds a page and returns its address. */
  add(page: Page): string;
}

export async function shop(): Promise<Shop> {
  const pages = new Map<string, Page>();
  const running = await listen((request, response) => {
    const page = pages.get(new URL(request.url ?? '/', 'http://shop').pathname);
    if (!page) return void response.writeHead(404).end();
    response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8', ...page.headers }).end(page.html);
  });
  return {
    ...running,
    add(page) {
      const path = `/page-${pages.size + 1}`;
      pages.set(path, page);
      return running.origin + path;
    },
  };
}

export interface Network extends Running {
  /** Paths of the HTTP requests, in order. */
  readonly requested: string[];
  /** HTTP requests in order, with the headers that could identify the page and the shopper. */
  readonly headers: { readonly path: string; readonly referer: string | undefined; readonly cookie: string | undefined }[];
}

/** Responds with a file of a directory, which every origin may read, or with the status 404. */
export function sendFile(directory: string, path: string, response: ServerResponse): void {
  const file = join(directory, normalize(path));
  if (!existsSync(file) || !statSync(file).isFile()) return void response.writeHead(404, { 'Access-Control-Allow-Origin': '*' }).end();
  response.writeHead(200, {
    'Content-Type': TYPES[extname(file)] ?? 'application/octet-stream',
    'Access-Control-Allow-Origin': '*',
    'Cross-Origin-Resource-Policy': 'cross-origin',
  });
  createReadStream(file).pipe(response);
}

/** Serves a directory to every origin. */
export async function network(directory: string): Promise<Network> {
  const requested: string[] = [];
  const headers: { path: string; referer: string | undefined; cookie: string | undefined }[] = [];
  const running = await listen((request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? '/', 'http://network').pathname);
    requested.push(path);
    headers.push({ path, referer: request.headers.referer, cookie: request.headers.cookie });
    sendFile(directory, path, response);
  });
  return { ...running, requested, headers };
}

export interface Asked {
  readonly path: string;
  readonly authorization: string | undefined;
  readonly accept: string | undefined;
  readonly cookie: string | undefined;
  readonly referer: string | undefined;
}

export interface Api extends Running {
  /** HTTP requests other than preflights, in order. */
  readonly asked: Asked[];
}

/** Returns the headers that let the requesting page read the response. */
export function corsFor(request: IncomingMessage): Record<string, string> {
  return {
    'Access-Control-Allow-Origin': request.headers.origin ?? '*',
    'Access-Control-Allow-Headers': 'Authorization, Content-Type, Accept, Last-Event-ID, If-None-Match, If-Match, Idempotency-Key',
    'Access-Control-Expose-Headers': 'ETag, Retry-After, Date',
    Vary: 'Origin',
  };
}

/** Starts a backend that responds to every id with the order that `order` returns. */
export async function api(order: (id: string) => unknown): Promise<Api> {
  const asked: Asked[] = [];
  const remember = ({ url, headers }: IncomingMessage) =>
    asked.push({
      path: url ?? '',
      authorization: headers.authorization,
      accept: headers.accept,
      cookie: headers.cookie,
      referer: headers.referer,
    });
  const running = await listen((request, response) => {
    const cors = corsFor(request);
    if (request.method === 'OPTIONS') return void response.writeHead(204, cors).end();
    remember(request);
    const id = /^\/v1\/orders\/([^/?]+)$/.exec(request.url ?? '')?.[1];
    if (!id) return void response.writeHead(404, { ...cors, 'Content-Type': 'application/problem+json' }).end('{"status":404,"code":"not-found"}');
    response.writeHead(200, { ...cors, 'Content-Type': 'application/json', 'Cache-Control': 'private, no-store', ETag: '"1"' });
    response.end(JSON.stringify(order(decodeURIComponent(id))));
  });
  return { ...running, asked };
}
