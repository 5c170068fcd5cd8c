import type { Mutant } from './mutant.ts';

export const waitsForAReleasedPart: Mutant = {
  fault: "the Page's actor does nothing else while a part that a person let go waits for a held Page",
  patches: [
    {
      file: 'workflows/page/page.ts',
      find: "      if (notification.type === 'release') release(running, notification.partId);\n",
      replace:
        "      if (notification.type === 'release') await releasePart({ partId: notification.partId }).catch(() => release);\n",
    },
  ],
  breaks: 'a Page that cannot send is told of, and sends when it is said to be repaired',
  seed: 2075,
};
