// The core journeys in the engines other than Chromium's, one project for each engine. The runner and its fixtures are Playwright's; the browsers are
// the distribution's own, driven by WebDriver. `cargo xtask test` sets variables with their locations.

import { defineConfig } from '@playwright/test';
import type { Engine } from './browsers';

export default defineConfig<object, { engine: Engine }>({
  testDir: '.',
  outputDir: '../../test-results/engines',
  // One browser runs at a time, and all its tests share it.
  workers: 1,
  retries: 0,
  forbidOnly: true,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: 'list',
  projects: [
    { name: 'firefox', use: { engine: 'firefox' } },
    { name: 'webkit', use: { engine: 'webkit' } },
  ],
});
