import { compileTexts } from './compile-texts.ts';
import { compileUrl, isHttps } from './compile-url.ts';
import { annotationBlock } from './annotation-block.ts';
import type { WebScreenPopFields } from './web-screen-pop-schema.ts';

/**
 * Shows the agent a web page beside the chat; nothing where variables make the address another one than https: an agent's
 * browser would run `javascript:`. Source: Bright Pattern, Web Screen Pop.
 */
export const webScreenPop = annotationBlock<WebScreenPopFields>({
  annotation: ({ url, title }) => {
    const address = compileUrl(url);
    const fill = compileTexts(title === undefined ? {} : { title });
    return (variables) => {
      const filled = address(variables);
      if (filled === undefined || !isHttps(filled)) return undefined;
      return { name: 'web-screen-pop', url: filled, ...fill(variables) };
    };
  },
});
