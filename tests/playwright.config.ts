// The browser tests: the built widget (`cargo xtask build`) in a real browser. `cargo xtask test` sets the two variables.

import { existsSync } from 'node:fs';
import { defineConfig } from '@playwright/test';
import type { Surroundings } from './support/fixtures';

const browser = [process.env['DOORSTEP_BROWSER'], '/usr/bin/chromium', '/usr/bin/google-chrome'].find((path) => path && existsSync(path));

export default defineConfig<Surroundings>({
  testDir: '.',
  // These tests have configurations of their own.
  testIgnore: ['engines/**', 'packages/**'],
  outputDir: '../test-results',
  workers: 2,
  fullyParallel: true,
  retries: 0,
  forbidOnly: true,
  // Limits for a test that hangs, wide enough for a slow machine.
  timeout: 45_000,
  expect: { timeout: 15_000 },
  reporter: 'list',
  // Every test runs twice: on a page that does not interfere with the widget, and on one that does.
  projects: [
    { name: 'plain', use: { hostile: false } },
    // A function of the page looks up every property that the widget reads there, which takes time.
    { name: 'hostile page', timeout: 120_000, use: { hostile: true } },
  ],
  use: {
    browserName: 'chromium',
    // Recording takes a third of the time of a run; `--trace on` records the test that is run alone.
    trace: 'off',
    launchOptions: {
      ...(browser && { executablePath: browser }),
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        // The test for memory leaks collects garbage before it counts.
        '--js-flags=--expose-gc',
      ],
    },
  },
});
