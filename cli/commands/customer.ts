import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { type Command, UsageError } from '../command.ts';
import { withApi } from '../with-api.ts';

const options = { out: { type: 'string' }, yes: { type: 'boolean', default: false } } as const;

/** Gives out, or destroys, everything that is stored of one customer. */
export const customerCommand: Command = {
  name: 'customer',
  summary: 'export or erase everything that is stored of one customer of a Page',
  usage: 'attendant customer export <page id> <psid> [--out <file>] | erase <page id> <psid> --yes',
  run: async (args, { env, print, printError }) => {
    const { action, pageId, psid, out } = readArgs(args);
    return withApi({ env, printError }, async (call) => {
      const params = { pageId, psid };
      const response = await (action === 'export'
        ? call('GET /api/v1/customers/:pageId/:psid/export', { params })
        : call('DELETE /api/v1/customers/:pageId/:psid', { params }));
      if (!response.ok) {
        printError(response.error.message);
        return 1;
      }
      const text = JSON.stringify(response.body, null, 2);
      if (out === undefined) print(text);
      else await writeFile(out, `${text}\n`, { mode: 0o600 });
      return 0;
    });
  },
};

interface CustomerRequest {
  action: 'export' | 'erase';
  pageId: string;
  psid: string;
  out: string | undefined;
}

function readArgs(args: string[]): CustomerRequest {
  const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
  const [action, pageId, psid, ...more] = positionals;
  if ((action !== 'export' && action !== 'erase') || !pageId || !psid || more.length > 0) {
    throw new UsageError('Say export or erase, the Page and the customer.');
  }
  if (action === 'erase' && !values.yes) throw new UsageError('Erasing cannot be undone: say --yes.');
  return { action, pageId, psid, out: values.out };
}
