import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';

/** WCAG 2.2, levels A and AA. */
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/**
 * What axe holds against a page, or the part of it that a selector names: one sentence for each place. `settleMs`: what
 * fades in is judged when it is there.
 */
export async function axeFindings(
  page: Page,
  { within, settleMs = 400 }: { within?: string; settleMs?: number } = {},
): Promise<string[]> {
  await page.waitForTimeout(settleMs);
  const axe = new AxeBuilder({ page }).options({ resultTypes: ['violations'], runOnly: TAGS });
  const { violations } = await (within === undefined ? axe : axe.include(within)).analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 200)} ${failureSummary?.slice(0, 300)}`),
  );
}
