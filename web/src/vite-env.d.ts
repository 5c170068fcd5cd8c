/** Version of emojibase-data, by `vite.config.ts`. */
declare const __EMOJI_VERSION__: string;
