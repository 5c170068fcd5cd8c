import { compileTexts } from './compile-texts.ts';
import { compileUrl } from './compile-url.ts';
import { annotationBlock } from './annotation-block.ts';
import type { WebScreenPopFields } from './web-screen-pop-schema.ts';

/** Shows the agent a web page beside the chat. Source: Bright Pattern, Web Screen Pop. */
export const webScreenPop = annotationBlock<WebScreenPopFields>({
  annotation: ({ url, title }) => {
    const address = compileUrl(url);
    const fill = compileTexts(title === undefined ? {} : { title });
    return (variables) => ({ name: 'web-screen-pop', url: address(variables), ...fill(variables) });
  },
});
