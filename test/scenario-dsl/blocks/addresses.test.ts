import { describe, expect, it } from 'vitest';
import { compileUrl } from '../../../scenario-dsl/blocks/compile-url.ts';
import { parseScenario } from '../../../scenario-dsl/parse/parse-scenario.ts';
import { checkSource } from '../../../scenario-dsl/checks/check-source.ts';
import { startRun } from '../scenario-run.ts';
import { emptyConfiguration } from '../empty-configuration.ts';

const codesOf = (block: string): string[] =>
  parseScenario(`attendant: 2\nscenario: s\nblocks:\n  a: { ${block} }\n  end: { exit: {} }\n`).problems.map(
    ({ code }) => code,
  );

const fill = (url: string, x: string): string | undefined => compileUrl(url)({ x });

describe('An address with variables', () => {
  it.each(['.', '..'])('is refused where a variable makes %s a segment of its path', (x) => {
    expect(fill('https://a.test/orders/$(x)/items', x)).toBeUndefined();
    expect(fill('https://a.test/orders/$(x)', x)).toBeUndefined();
    expect(fill('$(base)/orders/$(x)', x)).toBeUndefined();
  });

  it('is refused where a variable and the text beside it make a dot segment', () => {
    expect(fill('https://a.test/.$(x)/b', '.')).toBeUndefined();
    expect(fill('https://a.test/%2$(x)/b', 'e')).toBeUndefined();
  });

  it('keeps dots that lead nowhere else', () => {
    expect(fill('https://a.test/$(x)', '...')).toBe('https://a.test/...');
    expect(fill('https://a.test/v1.$(x)', '.')).toBe('https://a.test/v1..');
    expect(fill('https://a.test/?q=/$(x)/', '..')).toBe('https://a.test/?q=/../');
    expect(fill('https://a.test/../$(x)', 'b')).toBe('https://a.test/../b');
  });

  it('keeps what a slash or a query in a variable would change', () => {
    expect(fill('https://a.test/$(x)', '../b?c#d')).toBe('https://a.test/..%2Fb%3Fc%23d');
  });
});

const signed = (more: string): string[] => codesOf(`fetch-url: { url: "https://a.test", sign: { secret: k }${more} }`);

describe('Fetch URL', () => {
  it.each(['$(base)/orders', 'https://$(host)/orders', 'https://a.test$(x)/orders', 'https://a@$(host)/'])(
    'with a secret is refused where a variable may choose the host: %s',
    (url) => {
      expect(codesOf(`fetch-url: { url: "${url}", auth: { bearer: { secret: k } } }`)).toContain(
        'secret-to-variable-host',
      );
      expect(codesOf(`fetch-url: { url: "${url}", headers: { x-key: { secret: k } } }`)).toContain(
        'secret-to-variable-host',
      );
      expect(codesOf(`fetch-url: { url: "${url}", body: { json: 1 }, sign: { secret: k } }`)).toContain(
        'secret-to-variable-host',
      );
      expect(codesOf(`fetch-url: { url: "${url}" }`)).not.toContain('secret-to-variable-host');
    },
  );

  it.each(['https://a.test', 'https://a.test/$(x)', 'https://a.test:8443?x=$(x)'])(
    'with a secret is taken where scheme and host are written: %s',
    (url) => {
      expect(codesOf(`fetch-url: { url: "${url}", auth: { bearer: { secret: k } } }`)).toEqual([]);
    },
  );

  it('signs a body, and nothing else, in a header of its own', () => {
    expect(signed('')).toEqual(['bad-signature']);
    expect(signed(', body: { json: 1 }, headers: { x-signature: a }')).toEqual(['bad-signature']);
    expect(signed(', body: { json: 1 }')).toEqual([]);
  });

  it('is warned of secrets that the configuration does not have, where it is known', () => {
    const source = `attendant: 2
scenario: asking
blocks:
  ask:
    fetch-url:
      url: https://a.test
      auth: { bearer: { secret: crm } }
      headers: { x-key: { secret: cmr } }
      body: { json: 1 }
      sign: { secret: kye }
    exits: { failed: end, no-data: end, timeout: end }
`;
    const configuration = { ...emptyConfiguration, secrets: ['crm', 'key'] };
    const { problems } = checkSource(source, { configuration });
    expect(problems.map(({ code, line, remedy }) => [code, line, remedy])).toEqual([
      ['unknown-secret', 8, expect.stringContaining('crm')],
      ['unknown-secret', 10, expect.stringContaining('key')],
    ]);
    expect(checkSource(source).problems).toEqual([]);
  });

  it('asks nobody and says why where the address is refused', () => {
    const run = startRun('a: { fetch-url: { url: "https://a.test/$(x)" } }\nb: { wait: { for: 1s } }', {
      variables: { x: '..' },
    });
    expect(run.effects.find(({ kind }) => kind === 'operation')).toMatchObject({
      operation: { url: '', refusal: 'a variable puts "." or ".." into its path' },
    });
  });
});

describe('Web Screen Pop', () => {
  it.each(['http://a.test/', 'javascript:alert(1)', 'a.test'])(
    'is refused with an address that is not https: %s',
    (url) => {
      expect(codesOf(`web-screen-pop: { url: "${url}" }`)).toContain('bad-address');
    },
  );

  it.each([
    ['https://a.test', 1],
    ['javascript:alert(1)//', 0],
    ['http://a.test', 0],
  ])('shows %s in %d pages', (base, pages) => {
    const run = startRun('a: { web-screen-pop: { url: "$(base)/x" } }\nb: { wait: { for: 1s } }', {
      variables: { base },
    });
    expect(run.effects.filter(({ kind }) => kind === 'annotate')).toHaveLength(pages);
  });
});
