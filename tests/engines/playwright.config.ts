// The core journeys in the engines beside Chromium's: one project an engine. The runner and its fixtures are Playwright's, the browsers are
// the distribution's own, driven by WebDriver. `cargo xtask test` says by variables where they are.

import { defineConfig } from '@playwright/test';
import type { Engine } from './browsers';

export default defineConfig<object, { engine: Engine }>({
  testDir: '.',
  outputDir: '../../test-results/engines',
  // One browser at a time, which all its tests share.
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
