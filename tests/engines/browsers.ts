// Starts the browsers other than Chromium, each with an empty profile and a WebDriver session. `cargo xtask test` provides their locations.

import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { overHttp, overSocket, type Session } from './webdriver';

export type Engine = 'firefox' | 'webkit';

export interface Started {
  readonly session: Session;
  stop(): Promise<void>;
}

/** Maximum time for the start of a browser, in milliseconds. */
const PATIENCE = 60_000;

/** Starts the browser of an engine. */
export function start(engine: Engine): Promise<Started> {
  return engine === 'firefox' ? firefox() : webkit();
}

/** Preferences with which Firefox saves files in a given directory and shows no panel of them, which would take the focus from the page. */
const PREFERENCES = { 'browser.download.folderList': 2, 'browser.download.alwaysOpenPanel': false };

/** Returns preferences in the format that Firefox reads from a profile. */
function preferences(values: Record<string, string | number | boolean>): string {
  return Object.entries(values).map(([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});\n`).join('');
}

async function firefox(): Promise<Started> {
  const profile = await mkdtemp(join(tmpdir(), 'doorstep-firefox-'));
  await writeFile(join(profile, 'user.js'), preferences({ ...PREFERENCES, 'browser.download.dir': profile }));
  const program = process.env['DOORSTEP_FIREFOX'] ?? 'firefox-esr';
  const browser = run(program, ['--headless', '--marionette', '--no-remote', '--profile', profile], { MOZ_MARIONETTE_PORT: '0' });
  return started([browser], profile, async () => {
    const file = join(profile, 'MarionetteActivePort');
    const port = await until(browser, async () => (existsSync(file) ? Number(await readFile(file, 'utf8')) : 0));
    return overSocket(port);
  });
}

/**
 * Starts WebKitGTK's browser on a virtual screen, because it has no headless mode. Without a window manager the window under the pointer has the
 * focus, and only there does the style of `:focus` apply. The pointer starts in the middle of the screen, which is narrow enough for that point to be
 * in the tab.
 */
async function webkit(): Promise<Started> {
  const home = await mkdtemp(join(tmpdir(), 'doorstep-webkit-'));
  const screen = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '800x1024x24', '-nolisten', 'tcp'], { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
  const display = await firstLine(screen);
  const port = await freePort();
  const program = process.env['DOORSTEP_WEBKIT'] ?? 'WebKitWebDriver';
  const driver = run(program, [`--port=${port}`], { DISPLAY: `:${display}`, HOME: home, XDG_RUNTIME_DIR: home, LIBGL_ALWAYS_SOFTWARE: '1' });
  return started([driver, screen], home, async () => {
    const origin = `http://127.0.0.1:${port}`;
    await until(driver, () => fetch(`${origin}/status`).then((answer) => answer.ok, () => false));
    return overHttp(origin);
  });
}

function run(program: string, options: string[], variables: Record<string, string>): ChildProcess {
  return spawn(program, options, { stdio: 'ignore', detached: true, env: { ...process.env, ...variables } });
}

/** Opens the session of browsers that were started; ends the browsers if that fails. */
async function started(processes: ChildProcess[], directory: string, open: () => Promise<Session>): Promise<Started> {
  const stop = async () => {
    for (const child of processes) await end(child);
    await rm(directory, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    return { session: await open(), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Calls `ask` until it returns an answer. Throws if the process ends before that or the time limit is exceeded. */
async function until<T>(child: ChildProcess, ask: () => Promise<T | 0 | false>): Promise<T> {
  const failed = new Promise<never>((_, reject) => child.once('error', reject));
  for (const deadline = Date.now() + PATIENCE; Date.now() < deadline; ) {
    const answer = await Promise.race([ask(), failed]);
    if (answer) return answer;
    if (child.exitCode !== null) throw new Error(`${child.spawnfile} ended with ${child.exitCode} before it was ready`);
    await new Promise((again) => setTimeout(again, 50));
  }
  throw new Error(`${child.spawnfile} was not ready after ${PATIENCE / 1_000} s`);
}

/** Ends a process and its child processes. */
async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    child.kill('SIGKILL');
  }
  await ended;
}

function firstLine(screen: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    screen.once('error', reject);
    screen.once('exit', (code) => reject(new Error(`Xvfb ended with ${code} before it was ready`)));
    screen.stdio[3]?.once('data', (line: Buffer) => resolve(line.toString().trim()));
  });
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  await new Promise((closed) => server.close(closed));
  return port;
}
