/** A text for one user of the console. Times in epoch milliseconds. */
export interface InternalMessage {
  id: string;
  /** Of the user, who is another one when the user name is given anew. */
  userId: string;
  text: string;
  /** The conversation whose scenario sent it. */
  conversationId: string;
  /** Of that conversation. */
  pageId: string;
  psid: string;
  at: number;
  readAt?: number;
}
