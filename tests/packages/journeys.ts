// Journeys that the apps of several frameworks share.

import type { Page } from '@playwright/test';
import type { Backend } from '../support/backend';
import { expect, shown } from '../support/fixtures';
import { admin } from '../support/orders';
import { documentOf, type Own } from '../support/parcels';

/**
 * Opens a dialog in the app, ends the token, and sends the request of the dialog, for which the app's token provider gets another token. `access` is
 * what the shop answers. The page has a button "Render again" if its framework renders whole components.
 */
export async function renewsWhileDialogIsOpen(page: Page, backend: Backend, own: Own, access: { token: string }): Promise<void> {
  await shown(page);
  const tracker = page.locator('doorstep-tracker');
  await tracker.getByText('Help with your order').click();
  await tracker.getByRole('button', { name: 'I got the wrong item' }).click();
  const dialog = tracker.getByRole('dialog');
  const answer = dialog.getByRole('radio', { name: /My money back/ });
  await answer.check();
  const again = page.getByRole('button', { name: 'Render again', includeHidden: true });
  if (await again.count()) await again.evaluate((button: HTMLElement) => button.click());
  await admin(backend, `/${own.id}/revoke-links`, {});
  const { token } = await admin(backend, `/${own.id}/token`, { scopes: ['read', 'act'] });
  access.token = String(token);
  await expect(answer).toBeChecked();
  await dialog.getByRole('button', { name: 'Send the report' }).click();
  await expect(dialog.getByRole('heading', { name: 'We have it' })).toBeVisible();
  expect((await documentOf(backend, { ...own, token: access.token })).cases).toHaveLength(1);
  const types = await page.evaluate(() => window.notes.events.map(({ type }) => type));
  expect(types.filter((type) => type !== 'doorstep-change'), 'the widget has not started anew').toEqual(['doorstep-ready']);
}
