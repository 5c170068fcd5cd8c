import { seedTranscript } from '../../test/browser/support/seed-transcript.ts';
import { show, type Measurement } from '../report/measurement.ts';
import { median } from '../report/statistics.ts';
import { PATIENCE, type Desk } from './desk.ts';

const MESSAGES = 500;
const ROUNDS = 9;
const BUDGET_MS = 1000;
const LAST_WORDS = 'This is the last of five hundred.';

/**
 * How soon a conversation of 500 messages is on the screen, its newest words painted: by a click in the list, and by its
 * address in a window that has loaded nothing yet.
 */
export async function measureFirstPaint(desk: Desk): Promise<Measurement[]> {
  const { page, stack } = desk;
  const long = await desk.takeChat('Ida Lund');
  const place = new URL(page.url()).pathname;
  await seedTranscript(stack, place.split('/').at(-1) ?? '', MESSAGES);
  await long.say(LAST_WORDS);
  await page.getByText(LAST_WORDS).last().waitFor(PATIENCE);
  const [clicked, loaded]: [number[], number[]] = [[], []];
  for (let n = 0; n < ROUNDS; n += 1) {
    loaded.push(await timeLoad(desk, place));
    // Another document each time: nothing of the transcript is in the store.
    await page.goto('/chats');
    await page.locator('.crow').filter({ hasText: 'Ida Lund' }).waitFor(PATIENCE);
    clicked.push(await timeClick(desk));
  }
  return [
    toLine(`${MESSAGES} messages, click → painted, p50`, clicked),
    toLine(`${MESSAGES} messages, address → painted (console loaded anew), p50`, loaded),
  ];
}

function toLine(what: string, samples: readonly number[]): Measurement {
  const p50 = median(samples);
  const spread = `${show(Math.min(...samples))}–${show(Math.max(...samples))}`;
  return {
    benchmark: 'desktop',
    what,
    ours: show(p50, ' ms'),
    ratio: spread,
    budget: `< ${BUDGET_MS} ms`,
    isMet: p50 < BUDGET_MS,
  };
}

/** Gives the moment at which the last words stand in the transcript and a frame with them is over. */
const UNTIL_PAINTED = `new Promise((resolve) => {
  const look = () => {
    const last = [...document.querySelectorAll('.conv-scroll .bubble')].at(-1);
    if (!last?.textContent.includes(${JSON.stringify(LAST_WORDS)})) return setTimeout(look, 1);
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => resolve(performance.now());
      port2.postMessage(0);
    });
  };
  look();
})`;

/** From the click on the chat's row. */
function timeClick({ page }: Desk): Promise<number> {
  return page.evaluate<number>(`(async () => {
    const begun = performance.now();
    [...document.querySelectorAll('.crow')].find(({ textContent }) => textContent.includes('Ida Lund')).click();
    return (await ${UNTIL_PAINTED}) - begun;
  })()`);
}

/** From the beginning of the navigation, as the browser counts it. */
async function timeLoad({ page }: Desk, place: string): Promise<number> {
  await page.goto('about:blank');
  await page.goto(place, { waitUntil: 'commit' });
  return page.evaluate<number>(UNTIL_PAINTED);
}
