/** How long the builder takes with a scenario of 300 blocks: `npm run bench:builder`. */
import { performance } from 'node:perf_hooks';
import type { Page } from '@playwright/test';
import { startRunningStack, type RunningStack } from '../../test/support/running-stack.ts';
import { PASSWORD } from '../../test/browser/support/halden-home.ts';
import { openBrowser, openWindow } from '../../test/browser/support/open-browser.ts';

const BLOCKS = 300;
const EDITS = 15;

/** A scenario of many blocks that branch, wait and lead back. */
function writeScenario(): string {
  const lines = Array.from({ length: BLOCKS }, (_none, index) => {
    const next = Math.min(index + 1, BLOCKS - 1);
    if (index % 5 === 4 && index < BLOCKS - 6)
      return `  b${index}:\n    if:\n      - { when: "$(question|x) contains 'w${index}'", go: b${index + 5} }\n      - { else: b${next} }`;
    return `  b${index}:\n    title: Block ${index}\n    send-message: { text: 'Words ${index}', wait: { into: question, timeout: 10m } }\n    exits: { timeout: b${BLOCKS - 1} }`;
  });
  return `attendant: 2\nscenario: big\ntitle: Big\nblocks:\n${lines.join('\n')}\n`;
}

async function prepare(stack: RunningStack): Promise<void> {
  const user = { kind: 'user', username: 'dana', name: 'Dana Berg', role: 'admin', password: PASSWORD };
  await stack.call('POST', '/api/v1/configuration/apply', { body: { documents: [user] } });
  const body = { source: writeScenario(), revision: 0 };
  const { status } = await stack.call('PUT', '/api/v1/scenarios/big/draft', { body });
  if (status !== 200) throw new Error(`The draft was not taken: ${status}`);
}

/** From the title's last key to the frame that shows it on the canvas. */
async function timeEdit(page: Page, title: string): Promise<number> {
  await page.getByLabel('Title').last().fill(title);
  // As text: what runs in the page is compiled without a page's types here.
  const script = `new Promise((resolve) => {
    const begun = performance.now();
    document.activeElement.blur();
    const look = () => {
      const titles = [...document.querySelectorAll('.blk .title')].map(({ textContent }) => textContent);
      if (titles.includes(${JSON.stringify(title)})) requestAnimationFrame(() => resolve(performance.now() - begun));
      else setTimeout(look, 1);
    };
    look();
  })`;
  return page.evaluate<number>(script);
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

const [stack, browser] = await Promise.all([startRunningStack(), openBrowser()]);
try {
  await prepare(stack);
  const { page } = await openWindow(browser, stack.url);
  const data = { username: 'dana', password: PASSWORD };
  await page.context().request.post('/api/v1/session', { data, headers: { origin: stack.url } });
  await page.goto('/admin/scenarios');
  await page.getByRole('link', { name: 'big' }).waitFor();
  const begun = performance.now();
  await page.getByRole('link', { name: 'big' }).click();
  await page.locator('.react-flow__node').first().waitFor();
  const drawnMs = performance.now() - begun;
  await page.locator('.react-flow__node[data-id="b1"]').click();
  const edits: number[] = [];
  for (let index = 0; index < EDITS; index += 1) edits.push(await timeEdit(page, `Title ${index}`));
  console.log(`${BLOCKS} blocks: opened and drawn in ${Math.round(drawnMs)} ms`);
  console.log(`edit to paint: median ${Math.round(median(edits))} ms, most ${Math.round(Math.max(...edits))} ms`);
} finally {
  await browser.close();
  await stack.remove();
}
