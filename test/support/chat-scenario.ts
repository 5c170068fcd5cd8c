/** A scenario that connects the customer to an agent of `support` and says goodbye with who it was and why it ended. */
export const CHAT_SCENARIO = `
attendant: 1
scenario: chat
blocks:
  find:
    find-agent: { skills: [support], timeout: 60s }
    exits: { no-agents: closed, timeout: closed }
  talk:
    connect-chat: { noAnswer: 20s }
    exits: { no-answer: closed, target-disconnected: thanks }
  thanks:
    send-message: { text: "Bye from $(agent.username), $(targetDisconnectedCause)" }
  end:
    exit: {}
  closed:
    send-message: { text: "Nobody is here" }
  closed-end:
    exit: {}
`;
