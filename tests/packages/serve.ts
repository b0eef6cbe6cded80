// Serves a built app as a shop's server does: its files, the access to the order, and the page that the server renders.

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Page } from '@playwright/test';
import { createLogger, createServer } from 'vite';
import { listen, type Running, sendFile } from '../support/servers';
import { type App, directoryOf } from './install';

/** Access to an order, as the apps read it from `/order.json`. */
export interface Access {
  readonly api: string;
  readonly order: string;
  readonly token: string;
}

/** Starts a server for an app. Changes of `access` apply to later requests. */
export async function serve(app: App, access: Access): Promise<Running> {
  const directory = app.source === 'plain' ? directoryOf(app) : join(directoryOf(app), 'dist');
  return listen(async (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://shop');
    if (pathname === '/favicon.ico') return void response.writeHead(204).end();
    if (pathname === '/order.json') return void response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(access));
    if (pathname !== '/rendered') return sendFile(directory, pathname === '/' ? '/index.html' : pathname, response);
    const page = (await readFile(join(directory, 'rendered.html'), 'utf8')).replace('<!--app-->', await render(app, access));
    response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' }).end(page);
  });
}

/** Starts the development server of an app. */
export async function develop(app: App): Promise<Running & { readonly warnings: string[] }> {
  const warnings: string[] = [];
  const customLogger = createLogger('warn');
  customLogger.warn = (message) => warnings.push(message);
  customLogger.error = (message) => warnings.push(message);
  const server = await createServer({ root: directoryOf(app), configFile: join(directoryOf(app), 'vite.config.ts'), customLogger, server: { host: '127.0.0.1', port: 0 } });
  await server.listen();
  return { origin: new URL(server.resolvedUrls?.local[0] ?? '').origin, warnings, stop: () => server.close() };
}

/** Returns the markup of the page as the app's server renders it. */
export async function render(app: App, access: Access): Promise<string> {
  const server = (await import(pathToFileURL(join(directoryOf(app), 'dist-server/server.js')).href)) as { render(access: Access): Promise<string> };
  return server.render(access);
}

/** Returns a list to which every warning and error of the page is added. */
export function complaints(page: Page): string[] {
  const found: string[] = [];
  page.on('console', (message) => {
    if (['warning', 'error'].includes(message.type())) found.push(message.text());
  });
  page.on('pageerror', (error) => found.push(String(error)));
  return found;
}
