// The files of the package: its entries, its types in every app, and its import on a server.

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { APPS, directoryOf, packed, run, version } from './install';

const root = join(import.meta.dirname, '../..');

/** A block of code in a document that is a file of an app. */
const SAMPLE = /<!-- file: (\S+) -->\n```\w+\n(.*?)```/gs;

test('the samples of the documentation are files of the apps', async () => {
  const found: string[] = [];
  for (const name of ['docs/frameworks.md', 'docs/embedding.md']) {
    for (const [, file = '', code] of (await readFile(join(root, name), 'utf8')).matchAll(SAMPLE)) {
      found.push(file);
      expect(code, `${name}: ${file}`).toBe(await readFile(join(import.meta.dirname, 'apps', file), 'utf8'));
    }
  }
  expect(found).toHaveLength(7);
});

test('the packed file has no finding of publint', async () => {
  const output = await run(root, 'publint/src/cli.js', [packed, '--strict']);
  expect(output).toContain('All good!');
});

test('the types of every entry are found in every resolution of modules', async () => {
  const output = await run(root, '@arethetypeswrong/cli/dist/index.js', [packed, '--profile', 'esm-only', '--no-color']);
  expect(output.match(/bundler: 🟢/gu)).toHaveLength(5);
  expect(output).not.toMatch(/❌|💀|👺/u);
});

for (const app of APPS) {
  test(`the types of ${app.name} are right, and wrong props are refused`, async () => {
    const compiler = app.source === 'vue' ? ['-e', "require('vue-tsc').run(require.resolve('typescript-6/lib/tsc'))", '--'] : ['typescript/lib/tsc.js'];
    const [script = '', ...args] = compiler;
    await run(app.source === 'vue' ? root : directoryOf(app), script, [...args, '--project', join(directoryOf(app), 'tsconfig.json')]);
  });
}

test('a server imports the package without an effect, and a call says that it needs a browser', async () => {
  const script = `
    const { define, load, version } = await import('doorstep-tracker');
    define();
    const refused = await load().catch((error) => error.message);
    console.log(JSON.stringify({ version, refused, react: Object.keys(await import('doorstep-tracker/react')) }));`;
  const react = APPS.find(({ name }) => name === 'react-19')!;
  const output = await run(directoryOf(react), '--input-type=module', ['-e', script]);
  expect(JSON.parse(output)).toEqual({
    version,
    refused: 'Doorstep: there is no page to define <doorstep-tracker> in. Call load() in a browser.',
    react: ['DoorstepTracker'],
  });
});
