// The reference backend with its demo data, one per worker, on a free port, with a database of its own.

import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export interface Backend {
  /** Without a slash at the end. */
  readonly origin: string;
  /** Base address of the API. */
  readonly api: string;
  stop(): Promise<void>;
}

const root = join(import.meta.dirname, '../..');

export async function startBackend(): Promise<Backend> {
  const directory = await mkdtemp(join(tmpdir(), 'doorstep-'));
  const program = process.env['DOORSTEP_BACKEND'] ?? join(root, 'target/debug/doorstep-backend');
  const database = join(directory, 'doorstep.sqlite');
  const child = spawn(program, ['--demo', '--port', '0', '--api-base', '/api', '--site', join(root, 'dist'), '--database', database], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const origin = await ready(child);
  return {
    origin,
    api: `${origin}/api`,
    async stop() {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      if (child.exitCode === null && child.kill('SIGTERM')) await ended;
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** The address of its line `ready http://127.0.0.1:N/`. */
function ready(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`the backend ended with ${code} before it was ready`)));
    if (!child.stdout) return;
    createInterface({ input: child.stdout }).on('line', (line) => {
      const address = /^ready (http:\/\/\S+?)\/?$/.exec(line)?.[1];
      if (address) resolve(address);
    });
  });
}
