/** What people from other builders call things, and what they may be called here, the likeliest first. */
const likelyWords: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries<readonly string[]>({
    goto: ['go'],
    leadsto: ['go'],
    to: ['go'],
    target: ['go'],
    next: ['go'],
    if: ['when'],
    condition: ['when'],
    case: ['when'],
    otherwise: ['else', 'default'],
    default: ['else'],
    fallback: ['else', 'default'],
    else: ['default'],
    exit: ['exits'],
    on: ['exits'],
    outputs: ['exits'],
    message: ['text'],
    content: ['text'],
    body: ['text'],
    say: ['text'],
    prompt: ['instructions', 'text'],
    question: ['text'],
    label: ['title'],
    name: ['scenario', 'survey', 'title'],
    caption: ['title'],
    id: ['value', 'payload'],
    data: ['payload', 'value', 'body'],
    payload: ['value'],
    postback: ['payload'],
    variable: ['into'],
    var: ['into', 'variable'],
    store: ['into'],
    saveas: ['into'],
    saveto: ['into'],
    save: ['into'],
    result: ['into'],
    in: ['into'],
    as: ['into'],
    options: ['choices', 'quickReplies'],
    answers: ['choices', 'quickReplies'],
    replies: ['quickReplies'],
    items: ['choices', 'quickReplies', 'cards'],
    delay: ['typing', 'for'],
    after: ['for'],
    every: ['for'],
    duration: ['for', 'timeout'],
    seconds: ['for', 'timeout'],
    time: ['for', 'timeout'],
    minutes: ['for', 'timeout'],
    retries: ['retry'],
    attempts: ['retries', 'retry'],
    query: ['params'],
    querystring: ['params'],
    parameters: ['params', 'variables'],
    inputs: ['variables'],
    skill: ['skills'],
    queue: ['service', 'skills'],
    link: ['url'],
    href: ['url'],
    address: ['url'],
    image: ['attachments'],
    file: ['attachments'],
    picture: ['image', 'attachments'],
    carousel: ['cards'],
    wait: ['for', 'timeout', 'after'],
    version: ['attendant'],
    steps: ['blocks'],
    nodes: ['blocks'],
    states: ['blocks'],
    flow: ['blocks'],
    error: ['failed', 'send-error'],
    onerror: ['failed', 'send-error'],
    failure: ['failed', 'send-error'],
    failed: ['send-error'],
    noresponse: ['timeout', 'no-answer'],
    noreply: ['timeout'],
    notfound: ['no-data'],
    empty: ['no-data'],
    wrong: ['invalid'],
    disconnected: ['target-disconnected'],
    ended: ['target-disconnected'],
    integer: ['number'],
    int: ['number'],
    numeric: ['number'],
    string: ['text'],
    mail: ['email'],
    telephone: ['phone'],
    tel: ['phone'],
    select: ['choice'],
    yesno: ['choice'],
    boolean: ['choice'],
    bool: ['choice'],
    confirm: ['choice'],
    confirmation: ['choice'],
    menu: ['choice'],
    list: ['choice'],
    buttons: ['quickReplies', 'choice'],
    stars: ['rating'],
    score: ['rating'],
    scale: ['rating'],
    photo: ['file', 'attachments'],
    upload: ['file'],
    attachment: ['file', 'attachments'],
    day: ['date'],
    datetime: ['date'],
    geo: ['location'],
    model: ['account'],
    system: ['instructions'],
    tools: ['actions'],
    functions: ['actions'],
    user: ['customer'],
    client: ['customer'],
    visitor: ['customer'],
    input: ['customer', 'into'],
    click: ['tap'],
    press: ['tap'],
    sleep: ['after'],
    pause: ['after'],
    output: ['bot'],
    reply: ['bot'],
    response: ['bot'],
    scenario: ['bot'],
    assert: ['expect'],
    verify: ['expect'],
    mocks: ['answers'],
    mock: ['answers'],
    vars: ['variables'],
    finished: ['ended'],
    done: ['ended'],
  }),
);

/** What other builders have a field for and the language says in another place. */
const elsewhere: ReadonlyMap<string, string> = new Map(
  [
    {
      words: ['pattern', 'regex', 'regexp', 'validate', 'validation', 'validator', 'format', 'mask', 'matches'],
      remedy: `An If behind it asks for a pattern, and leads back: { when: "$(code) not matches '^[A-Z0-9]{6}$'", go: <this block> }.`,
    },
    {
      words: ['questions'],
      remedy:
        'A question of your own is a Request Input, one block for each: request-input: { text: …, into: …, type: number }.',
    },
    {
      words: ['minlength', 'maxlength'],
      remedy: 'An If behind it asks how long it is, and leads back: { when: "length($(name)) < 2", go: <this block> }.',
    },
    {
      words: ['required', 'mandatory', 'optional'],
      remedy:
        'A reply is needed; who gives none, or none that fits, leaves by "timeout" or "invalid": lead these on under "exits".',
    },
    {
      words: ['parsemode', 'markdown', 'html'],
      remedy: 'Messenger shows text as it is written: no bold, no links with titles. Take a button for an address.',
    },
  ].flatMap(({ words, remedy }) => words.map((word) => [word, remedy])),
);

/** How the language says what another builder has this key for; undefined where it is no such key. */
export function explainKey(key: string): string | undefined {
  return elsewhere.get(key.toLowerCase().replaceAll(/[-_ ]/g, ''));
}

/** The candidate that another builder's word stands for. */
export function findLikelyWord(word: string, candidates: readonly string[]): string | undefined {
  const key = word.toLowerCase().replaceAll(/[-_ ]/g, '');
  // No key of the table: an object that has a `then` is taken for a promise.
  const words = key === 'then' ? ['go'] : (likelyWords.get(key) ?? []);
  const known = words.find((each) => candidates.includes(each));
  if (known !== undefined) return known;
  // monday, the long form of mon; quick, the beginning of quickReplies.
  if (key.length < 3) return undefined;
  return candidates.find((each) => {
    const name = each.toLowerCase();
    return (name.length >= 3 && key.startsWith(name)) || name.startsWith(key);
  });
}
