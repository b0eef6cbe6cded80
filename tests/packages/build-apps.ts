// Runs before the tests: installs and builds the apps, for the browser and for a server.

import { type App, APPS, directoryOf, install, run } from './install';

const SERVER = { react: 'src/server.tsx', vue: 'src/server.ts' };

export default async function buildApps(): Promise<void> {
  for (const app of APPS) {
    await install(app);
    if (app.source !== 'plain') await build(app, SERVER[app.source]);
  }
}

async function build(app: App, server: string): Promise<void> {
  const { mode = 'production' } = app;
  const vite = (...args: string[]) => run(directoryOf(app), 'vite/bin/vite.js', ['build', '--logLevel', 'warn', '--mode', mode, ...args], { NODE_ENV: mode });
  await vite('--outDir', 'dist');
  await vite('--ssr', server, '--outDir', 'dist-server');
}
