// The tests of the npm package: small apps that have it installed, in a browser, and the checks of its files and types. `cargo xtask test` sets the
// variables.

import { defineConfig } from '@playwright/test';
import common from '../playwright.config';
import type { Surroundings } from '../support/fixtures';

export default defineConfig<Surroundings>({
  ...common,
  testDir: '.',
  testIgnore: 'apps/**',
  outputDir: '../../test-results/packages',
  globalSetup: './build-apps.ts',
  projects: [{ name: 'packages', use: { hostile: false } }],
});
