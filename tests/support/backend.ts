// The reference backend with its demo data, one per worker, on a free port, with a database of its own.

import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export interface Backend {
  /** Origin of the backend without a trailing slash. */
  readonly origin: string;
  /** Base address of the API. */
  readonly api: string;
  /** Ends the process as a power cut would; its database stays. */
  kill(): Promise<void>;
  /** Starts the backend again after `kill`, with the same database and port. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

const root = join(import.meta.dirname, '../..');

export async function startBackend(): Promise<Backend> {
  const directory = await mkdtemp(join(tmpdir(), 'doorstep-'));
  const database = join(directory, 'doorstep.sqlite');
  let child = run(database, '0');
  const origin = await ready(child);
  return {
    origin,
    api: `${origin}/api`,
    kill: () => end(child, 'SIGKILL'),
    async restart() {
      child = run(database, new URL(origin).port);
      await ready(child);
    },
    async stop() {
      await end(child, 'SIGTERM');
      await rm(directory, { recursive: true, force: true });
    },
  };
}

function run(database: string, port: string): ChildProcess {
  const program = process.env['DOORSTEP_BACKEND'] ?? join(root, 'target/debug/doorstep-backend');
  const options = ['--demo', '--port', port, '--api-base', '/api', '--site', join(root, 'dist'), '--database', database];
  return spawn(program, options, { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, DOORSTEP_LOG: 'warn' } });
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  if (child.kill(signal)) await ended;
}

/** Resolves to the address in the backend's line `ready http://127.0.0.1:N/`. */
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
