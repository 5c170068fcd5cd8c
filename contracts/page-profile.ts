/** What customers see of a Page before and beside a conversation, as the account's file says. */
export interface PageProfile {
  /** Payload of the Get Started button. */
  getStarted?: string;
  /** Shown before the first message; `default` for every other language. */
  greeting?: { locale: string; text: string }[];
  /** Questions offered to new customers. */
  iceBreakers?: { locale: string; questions: { question: string; payload: string }[] }[];
  persistentMenu?: {
    locale: string;
    /** True: customers can only press, not write. */
    isComposerDisabled?: boolean;
    items: ({ title: string; payload: string } | { title: string; url: string })[];
  }[];
}
