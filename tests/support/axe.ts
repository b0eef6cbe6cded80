// Runs axe on the widget.

import { createRequire } from 'node:module';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import type axe from 'axe-core';

const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
const { source } = createRequire(import.meta.url)('axe-core') as typeof axe;

/** Returns axe's findings, one line each. */
export async function findings(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).withTags(WCAG).include('doorstep-tracker').analyze();
  return lines(violations);
}

/** Returns axe's findings for the open dialog alone, outside which nothing can be reached. With `rules`, only these rules are checked. */
export async function dialogFindings(page: Page, rules?: readonly string[]): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(source);
  const violations = await page.evaluate(
    async ([tags, rules]) => {
      const { axe } = window as unknown as { axe: typeof import('axe-core') };
      const only = rules ? { type: 'rule' as const, values: [...rules] } : { type: 'tag' as const, values: [...tags] };
      const dialog = { fromShadowDom: ['doorstep-tracker', 'dialog'] };
      return (await axe.run({ include: [dialog] } as never, { runOnly: only, resultTypes: ['violations'] })).violations;
    },
    [WCAG, rules] as const,
  );
  return lines(violations);
}

const lines = (violations: axe.Result[]): string[] =>
  violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.flat().join(' ')}: ${node.failureSummary ?? ''}`));
