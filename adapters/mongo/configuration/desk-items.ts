import type { LABEL_COLOURS } from '../../../contracts/label.ts';

/** A text that agents send again and again. */
export interface CannedResponse {
  /** One word: agents find it by it. */
  name: string;
  text: string;
  folder?: string;
  /** In whose chats it is offered; in all where absent. */
  services?: string[];
}

/** What agents put on conversations to find them again. */
export interface Label {
  name: string;
  colour?: (typeof LABEL_COLOURS)[number];
  /** Put on no other conversation. */
  hidden?: boolean;
}
