/** Where the names of emoji lie, by language: of this version of emojibase-data, which the build puts there. */
export const EMOJI_URL = `/assets/emoji-${__EMOJI_VERSION__}`;

interface EmojiName {
  emoji: string;
  label: string;
  tags?: string[];
}

let loading: Promise<EmojiName[]> | undefined;

/** Emoji with their English names, loaded once when they are first asked for. */
function loadEmoji(): Promise<EmojiName[]> {
  loading ??= fetch(`${EMOJI_URL}/en/data.json`).then((response) => response.json() as Promise<EmojiName[]>);
  loading.catch(() => (loading = undefined));
  return loading;
}

const MOST = 6;

/** Emoji whose name, or a word for it, begins so; whole names first. */
export async function findEmoji(words: string): Promise<{ emoji: string; label: string }[]> {
  const wanted = words.toLowerCase().replaceAll('_', ' ');
  const all = await loadEmoji();
  const byLabel = all.filter(({ label }) => label.startsWith(wanted));
  const byTag = all.filter(
    ({ label, tags = [] }) => !label.startsWith(wanted) && tags.some((tag) => tag.startsWith(wanted)),
  );
  return [...byLabel, ...byTag].slice(0, MOST);
}
