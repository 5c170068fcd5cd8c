/** `required`: encrypted payloads alone are written and read; `on`: plain ones are read, too; `off`: plain ones are written. */
export const PAYLOAD_CODECS = ['required', 'on', 'off'] as const;
export type PayloadCodecMode = (typeof PAYLOAD_CODECS)[number];
