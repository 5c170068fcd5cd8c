import type { AppDependencies } from '../dependencies.ts';

/** What blocks are called in versions of scenarios; each version is read once. */
export interface BlockTitles {
  /** Null where the block has no title, or nobody knows the version any more. */
  find(version: string | undefined, block: string): Promise<string | null>;
}

/** Creates the look-up, for one request. */
export function createTitles({ store }: Pick<AppDependencies, 'store'>): BlockTitles {
  const versions = new Map<string, Promise<Map<string, string>>>();

  async function read(version: string): Promise<Map<string, string>> {
    const found = await store.scenarios.findByVersion(version);
    const blocks = found?.document.blocks ?? [];
    return new Map(blocks.flatMap(({ id, title }) => (title === undefined ? [] : [[id, title]])));
  }

  return {
    async find(version, block) {
      if (version === undefined) return null;
      const titles = versions.get(version) ?? read(version);
      versions.set(version, titles);
      return (await titles).get(block) ?? null;
    },
  };
}
