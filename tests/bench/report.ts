// Options of a run, and its output: a table on the console and the same figures as JSON.

import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Number of loads of each page. */
export const RUNS = Number(process.env['DOORSTEP_BENCH_RUNS'] ?? 7);

const OUTPUT = process.env['DOORSTEP_BENCH_OUTPUT'] ?? join(import.meta.dirname, '../../target/bench');

/** Returns a number as text, or a dash if there is none. */
export const number = (value: number | null | undefined, digits = 0): string => (value === null || value === undefined ? '–' : value.toFixed(digits));

/** Returns the ratio of two numbers as text, or a dash if there is none. */
export const ratio = (value: number | null, base: number | null | undefined): string => (value === null || !base ? '–' : `${(value / base).toFixed(2)} ×`);

/** Returns the difference of two numbers with its sign as text, or a dash if there is none. */
export const difference = (value: number | null, base: number | null | undefined): string =>
  value === null || base === null || base === undefined ? '–' : `${value < base ? '−' : '+'}${Math.abs(value - base).toFixed(0)}`;

/** Returns bytes in megabytes as text. */
export const megabytes = (bytes: number | null): string => (bytes === null ? '–' : (bytes / 1_000_000).toFixed(2));

/** Returns the median; null if there is no value. */
export const median = (values: readonly (number | null)[]): number | null => percentile(values, 0.5);

/** Returns the smallest value that is not exceeded by the given part of all values; null if there is no value. */
export function percentile(values: readonly (number | null)[], part: number): number | null {
  const sorted = values.filter((value) => value !== null).sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * part) - 1)] ?? null;
}

/** Prints a table in Markdown, and writes the figures to `<name>.json`. */
export async function report(name: string, title: string, head: readonly string[], rows: readonly (readonly string[])[], figures: object): Promise<void> {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  await mkdir(OUTPUT, { recursive: true });
  await writeFile(join(OUTPUT, `${name}.json`), JSON.stringify({ runs: RUNS, ...figures }, null, 1));
  console.log(`\n## ${name}\n\n${title}\n\n${[line(head), `|${'---|'.repeat(head.length)}`, ...rows.map(line)].join('\n')}\n`);
}
