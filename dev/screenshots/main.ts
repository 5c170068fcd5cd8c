import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { startRunningStack } from '../../test/support/running-stack.ts';
import { setUpHaldenHome } from '../../test/browser/support/halden-home.ts';
import { openBrowser } from '../../test/browser/support/open-browser.ts';
import { takeScreens } from './take-screens.ts';

/** `npm run screenshots`: plays a morning of a contact centre on a stack of its own and takes every screen into docs/screens. */
const folder = path.join(import.meta.dirname, '..', '..', 'docs', 'screens');
await mkdir(folder, { recursive: true });
const [stack, browser] = await Promise.all([
  // Customers' files are served on this machine.
  startRunningStack({ env: { ATTENDANT_PRIVATE_HOSTS: '127.0.0.1' } }),
  openBrowser(),
]);
try {
  const home = await setUpHaldenHome(stack);
  await takeScreens({ stack, browser, home, folder });
} finally {
  await browser.close();
  await stack.remove();
}
