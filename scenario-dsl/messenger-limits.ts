/** Longest text Messenger takes in one message. Source: Meta, Send API, `message.text`. */
export const maxMessageLength = 2000;

/** Most quick replies of a message. Source: Meta, Send API, `quick_replies`. */
export const maxQuickReplies = 13;

/** Messenger cuts the title of a quick reply here. Source: Meta, Send API, `quick_replies`. */
export const maxQuickReplyTitle = 20;
