// Installs the packed file of the npm package into copies of the apps below `apps/`, without a registry: the other dependencies of an app are links to
// the packages of this repository.

import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cp, mkdir, readFile, rm, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const root = join(import.meta.dirname, '../..');

/** Version of the package. */
export const { version } = JSON.parse(readFileSync(join(root, 'packages/package.json'), 'utf8')) as { version: string };

/** Packed file of the package. */
export const packed = process.env['DOORSTEP_PACKAGE'] ?? join(root, `target/packages/doorstep-tracker-${version}.tgz`);

/** Directory of the app of Leptos, which `cargo xtask test` builds with the package. */
export const leptosApp = join(dirname(packed), 'leptos');

/** One way to use the package. */
export interface App {
  readonly name: string;
  /** Folder of its source below `apps/`. */
  readonly source: 'react' | 'vue' | 'plain';
  /** Mode of the build. React and Vue report mistakes only in development. */
  readonly mode?: 'development' | 'production';
  /** Packages of this repository that are installed under another name. */
  readonly renamed?: Readonly<Record<string, string>>;
}

export const APPS: readonly App[] = [
  { name: 'react-19', source: 'react', mode: 'development' },
  { name: 'react-19-production', source: 'react', mode: 'production' },
  {
    name: 'react-18',
    source: 'react',
    mode: 'development',
    renamed: { react: 'react-18', 'react-dom': 'react-dom-18', '@types/react': 'types-react-18', '@types/react-dom': 'types-react-dom-18' },
  },
  { name: 'vue-3', source: 'vue', mode: 'development' },
  { name: 'vue-3-production', source: 'vue', mode: 'production' },
  { name: 'plain', source: 'plain' },
];

/** Returns the directory in which an app is installed. */
export const directoryOf = (app: App): string => join(dirname(packed), 'apps', app.name);

/** Runs a program of npm in a directory. Returns its output. Throws with the output if it fails. */
export async function run(directory: string, script: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<string> {
  const program = script.startsWith('-') ? [script] : [join(root, 'node_modules', script)];
  try {
    const options = { cwd: directory, env: { ...process.env, ...env }, maxBuffer: 2 ** 24 };
    return (await promisify(execFile)(process.execPath, [...program, ...args], options)).stdout;
  } catch (error) {
    const { stdout, stderr } = error as { stdout?: string; stderr?: string };
    throw new Error(`${script} ${args.join(' ')} in ${directory}:\n${stdout}${stderr}`, { cause: error });
  }
}

/** Copies an app and installs its dependencies. */
export async function install(app: App): Promise<void> {
  const directory = directoryOf(app);
  await rm(directory, { recursive: true, force: true });
  await cp(join(import.meta.dirname, 'apps', app.source), directory, { recursive: true });
  const manifest = JSON.parse(await readFile(join(directory, 'package.json'), 'utf8')) as Record<string, Record<string, string> | undefined>;
  for (const name of Object.keys({ ...manifest['dependencies'], ...manifest['devDependencies'] })) {
    const target = join(directory, 'node_modules', name);
    await mkdir(dirname(target), { recursive: true });
    if (name === 'doorstep-tracker') await unpack(target);
    else await provide(app.renamed?.[name], name, target);
  }
}

async function unpack(target: string): Promise<void> {
  await mkdir(target);
  await promisify(execFile)('tar', ['-xzf', packed, '-C', target, '--strip-components=1']);
}

/** Links a package, or copies one with another name: where its own place is, its dependencies would have other versions. */
async function provide(renamed: string | undefined, name: string, target: string): Promise<void> {
  if (renamed) await cp(join(root, 'node_modules', renamed), target, { recursive: true });
  else await symlink(join(root, 'node_modules', name), target, 'junction');
}
