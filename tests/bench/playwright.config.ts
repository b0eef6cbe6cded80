// The measurement `cargo xtask bench`: one browser, one page at a time.

import { existsSync } from 'node:fs';
import { defineConfig } from '@playwright/test';

const browser = [process.env['DOORSTEP_BROWSER'], '/usr/bin/chromium', '/usr/bin/google-chrome'].find((path) => path && existsSync(path));

export default defineConfig({
  testDir: '.',
  testMatch: '*.bench.ts',
  outputDir: '../../test-results/bench',
  workers: 1,
  retries: 0,
  timeout: 1_800_000,
  reporter: 'line',
  use: { launchOptions: { args: ['--no-sandbox'], ...(browser && { executablePath: browser }) } },
});
