import { describe, expect, it } from 'vitest';
import { createScenarioJsonSchema, type JsonSchema } from '../../../scenario-dsl/document/scenario-json-schema.ts';
import { blockTypes } from '../../../scenario-dsl/blocks/block-types-schema.ts';
import { describeBlocks } from './describe-blocks.ts';
import { anchorOf, describeTasks, tasks } from './describe-tasks.ts';

const page = `# The scenario language

A scenario is a YAML (or JSON) file: what happens from a customer's first message to the end of the conversation.
The files in \`scenarios/\` are complete ones with comments and tests. This page is made from the definitions of the blocks
(\`scenario-dsl/blocks/\`) and the runnable examples in \`docs/blocks/\`; \`test/scenario-dsl/blocks/blocks-document.test.ts\` compares it, and writes it anew
with \`vitest run -u\`. Your first scenario: [scenario-tutorial.md](scenario-tutorial.md). Expressions, functions and variables: [scenario-expressions.md](scenario-expressions.md).

\`\`\`yaml
attendant: 2                 # version of the language: there is one
scenario: mobile-chat        # small letters, digits, hyphens
title: Mobile Chat           # optional, as are "note" and "tags"
blocks:
  about:                     # block id: what reports and running conversations refer to; small letters, digits, hyphens
    title: First question    # optional, as are "note" and "tags"
    send-message: { text: "What can we do for you?", wait: { into: question } }
    exits: { timeout: end }  # exit name: block id; "end" ends the conversation
  thanks:
    send-message: { text: "Thank you." }
    next: end                # where it goes on, when that is not the block below it
\`\`\`

Blocks run in the order written; \`next\` names another block to go on at. \`end\` and \`return\` can be named wherever a block can, without a block
of that name: they do what an [Exit](#exit-exit) and a [Return](#return-return) do. A block of your own with such a name goes first.

An exit that is wired leads to its block. One that is not: an **outcome** goes on where the block does, at \`next\` or the block below; a **failure**
goes to the \`catch\` of the Exception Handler around the block, else sends the entry's error text, if it has one, and ends the conversation. Behind the last
block the conversation ends. When the customer's side ends (inactivity, erasure), it ends wherever it is, unless an Exception Handler catches that.

- \`defaults: { exits: { timeout: bye } }\`, beside \`blocks\`, wires an exit of every block that has it and does not wire it itself. An Exception Handler around a
  block goes first, and the block that a default names is not led back to itself.
- \`inputs: { brandName: text, limit: { type: number, optional: true } }\`, beside \`blocks\`, declares the variables that whoever starts this scenario gives it (text, number, boolean,
  date, list, map, any; names alone, \`inputs: [brandName]\`, can be anything): they count as set inside, and each Start Another Scenario is checked for giving them, with values of their types, by the right names. A test gives them in \`variables\`.
  \`results: { outcome: text }\` declares what it has set whenever it returns.
- \`anywhere\`, beside \`blocks\`, holds [words that work anywhere](#words-that-work-anywhere): "agent" at any question.
- Every customer message is \`$(item.message)\`, with \`$(item.payload)\` and \`$(item.attachments)\`. A message without text counts as its payload.
- \`timeZone: Europe/Vienna\` beside \`blocks\` says when days begin and how moments are told (else the entry, else \`ATTENDANT_TIME_ZONE\`, says it); \`locale: de-AT\` how dates and
  numbers are written and read. Both are the variables \`$(timeZone)\` and \`$(locale)\`, and can be set.
- **Languages**: \`languages: [de, en]\` and \`language: $(lang|en)\` beside \`blocks\`, and wherever a customer is told something (texts, titles of buttons, cards, choices and quick replies, \`retry\`, \`announce\`) one text
  for each: \`text: { de: Worum geht es?, en: What is it about? }\`. The variable is looked at whenever something is said; \`de-AT\` finds \`de\`, and a language that is not there the first. Dates and sums in it, and what
  Request Input reads, are those of the language. \`attendant check\` asks for every text in every language, with the same variables, within Messenger's limits in each.
- **Snippets**: \`snippets: { hours: We are here from 9 to 17. }\` beside \`blocks\` names a text that is said in several places, \`text: { snippet: hours }\`, wherever one in several languages can stand; it can hold variables, and be one in
  each language. It is put in when the file is read: tests, diagrams and checks show the text. A name that is not there is an error, a snippet that nobody says a warning.
- **Texts in files**, one for each language, for those who translate: \`texts: [hotline.en.yaml, hotline.de.yaml]\` beside \`blocks\`, and in \`hotline.de.yaml\` the texts under the code of their language, \`de: { hello: Hallo }\`, comments and all.
  They are said as snippets are, \`text: { snippet: hello }\`. \`attendant check\`, \`test\`, \`simulate\`, \`diagram\`, \`publish\` and \`apply\` read the files from beside the scenario and put them in its place of \`texts\`; what is published and exported is that
  one text. What a language lacks is told at its line of its file. Without \`languages\` the scenario speaks those of its texts; of one language the texts are names and no more.
- **Values** without quotes that YAML would change (\`01067\`, \`+4930…\`, \`1.10\`, \`0xFF\`, twenty digits) stay as they are written where a block takes anything, and are refused, with the quotes to put, where it takes text.
- **Durations** are \`500ms\`, \`1.5s\`, \`10s\`, \`2m\`, \`24h\`, \`1d\`: more than nothing, at most 30d, at most three decimals. A plain number is refused.
- **Gathering** (\`gather: { quiet, max }\` of every block that waits for a reply): several messages in a row are one reply, a line each. It is over when
  nothing has come for \`quiet\` (3s), at the latest after \`max\` (20s).
- Blocks that ask the world something wait for the answer as long as their \`timeout\` says; what comes later changes nothing. Where the running system has no part for
  an operation yet, the block takes its failure exit and \`$(exception.reason)\` says so.

## What do you want to do?

${describeTasks()}

Further down: [words that work anywhere](#words-that-work-anywhere), [what Request Input takes and keeps](#what-request-input-takes-and-keeps), [problems](#problems), [tools](#tools), [adding a block](#adding-a-block).

${describeBlocks()}

## Words that work anywhere

\`\`\`yaml
attendant: 2
scenario: nurse
anywhere:                    # the first rule that fits is taken, at most 20
  - { when: "$(item.message) matches '^(agent|human)'", go: human }
  - { when: "$(item.message) contains 'chest pain'", go: emergency }
  - { when: "$(item.message) == 'stop'", go: end }
  - { event: window-closing, go: last-word }
blocks:
  ask:
    request-input: { text: What is the matter?, into: matter, timeout: 1d }
    exits: { timeout: end, invalid: end }
  human:
    find-agent: { skills: [nurse] }
    exits: { no-agents: sorry, timeout: sorry, queue-limit: sorry }
  talk:
    connect-chat: {}
    next: end
    exits: { no-answer: sorry }
  sorry:
    send-message: { text: Everybody is busy. Please call 01 234 56. }
    next: end
  emergency:
    send-message: { text: Please call 112 now. }
    next: human
  last-word:
    send-message: { text: We can answer here for one more hour. }
    next: end
\`\`\`

Wherever the scenario listens to the customer (a Send Message with \`wait\`, Request Input, Collect, Wait, and the queue of Find Agent), each message is held against
the rules before the block reads it. The first that fits leaves the block for \`go\`: the message is no reply, neither counts as an attempt nor as invalid, and is \`$(item.message)\`
there. A search for an agent ends with it: name the Find Agent in \`except\` where who asks again is to keep the place. What the customer taps is a message as well, by its title.

- \`event: window-closing\` instead of \`when\`: an hour before Messenger's window closes (24 h after the customer last wrote), once, at \`$(item.windowClosesAt)\`; another time with \`before: 3h\`, less than 24h, each rule by its own. Afterwards nothing can be said until the customer writes.
- While the scenario is at work (it sends, looks something up) words wait: the next block that listens is left by them before it asks. So is the message that opens the conversation.
- While Connect Chat asks an agent, or one talks, they are the agent's; what waited is forgotten there.
- In a scenario that is started its own rules go first, then those of the scenarios that start it, and \`except\` with the block that starts it keeps theirs out of all of it. Its own hold nowhere else.
- A rule makes its block reachable, and behind it only those variables count as set that are set at every place that it leads away from. \`attendant test --coverage\` counts each rule once.

## What Request Input takes and keeps

| type | taken | kept |
| --- | --- | --- |
| \`text\` | anything but blank text | without space around it |
| \`email\` | one address with a domain of two parts at least | as written, without space around it |
| \`phone\` | 7 to 15 digits; spaces, \`-\`, \`.\`, \`/\`, parentheses between them | its digits, with \`+\` in front where it began with \`+\` or \`00\`; the country of others is not guessed |
| \`number\` | up to 15 digits, then a point or comma with more; not \`1,234\`, which may mean two numbers | a number |
| \`date\` | \`2026-05-03\` (also \`/\`, \`.\`), \`3.5.2026\`, \`24.12.\`, \`24 December\`, \`Dec 24th\`, \`Thursday\`, \`tomorrow\`, with the words of the scenario’s \`locale\`; \`3/5/2026\` in its order, and not without one, because it may mean two days; from \`min\` to \`max\`, on no day of \`not\` | \`2026-05-03\` |
| \`choice\` | a tap, or a title, a value or a word of \`also\` as people write it (letters’ case, punctuation around it, emoji, and what nobody sees do not count) | the value; the title where it has none |
| \`rating\` | a whole number from \`min\` to \`max\`, which are quick replies (13 at most) | a number |
| \`file\` | a picture, video, sound or file; not a sticker (the thumbs-up is one), a link, a reel or a post | the address of the first; all are \`$(item.attachments)\` |
| \`location\` | a shared location, or two decimal numbers, latitude first: \`52.52, 13.405\` | \`{ lat, long }\` |

Punctuation around a reply, emoji, invisible characters and the script of digits do not count for any type but \`text\`, \`file\` and \`location\`.

## Problems

\`parseScenario\` tells everything wrong at once, each with code, line, column, byte range (\`bytes: { start, end }\` of the UTF-8 text) and remedy (up to 500): unknown keys and block types ("did you mean"), wrong types, missing fields,
ids written twice, exits and blocks that do not exist, blocks that no way leads to, broken substitutions and conditions, durations without a unit or bound,
text over 2,000 characters, rules of \`anywhere\` that name no block, texts that a language lacks or that are said in one only, unknown time zones and locales, Exception Handlers that overlap, a \`next\` that nothing comes to, loops in which nothing waits for anybody (an error; a warning where an If may lead out). Unreachable blocks and loops are looked for
when every block could be read and every target exists. Aliases, tags, several documents, more than 1 MB, 20 levels, 200,000 tokens or 2,000 blocks are refused.

A loop that gets through all the same is stopped after 1,000 blocks without a person, an agent or a clock having moved the conversation: the run is \`failed\`, with the block's id.

## Tools

- \`attendant check <file|folder> [--watch]\`: all of the above and what can go wrong on the way, before publishing; scenarios that are started are looked for beside the file. \`docs/scenario-checks.md\`
- \`attendant test <file|folder>\`: tests as files, with a virtual clock. \`docs/scenario-tests.md\`
- \`attendant simulate --scenario <file>\`: plays a draft in the terminal. \`docs/scenario-tests.md\`
- \`attendant back-test <draft>\`: runs a draft over stored conversations. \`docs/back-tests.md\`
- \`attendant schema [<scenario file>] [--tests | --configuration] > scenario.schema.json\`: JSON Schema of a scenario file (with a file its block ids and variables are offered), of tests or of configuration. With \`# yaml-language-server: $schema=scenario.schema.json\` as its first line most
  editors complete, explain and check it while it is being written.
- \`attendant diagram <file> --mermaid\` prints a diagram (\`--failures\`: with the ways of messages that cannot be sent), \`--xstate\` the machine as JSON, for Stately's tools or \`createMachine\`.
- \`scenario-dsl/edit/edit-scenario.ts\`: sets a field, wires an exit, adds, renames or removes a block in the text itself, for canvas and tools. What the edited text means is read again before it is given.

## Adding a block

A block type is a pair of files and an example:

1. \`scenario-dsl/blocks/<type>-schema.ts\`: its fields and its guide, tied by \`defineBlock\`.
2. \`scenario-dsl/blocks/<type>.ts\`: exits, references, ways out as the checks see them, machine state; \`operation-block.ts\` and \`annotation-block.ts\` do most of it for a block that asks or tells.
3. A line for each of them: in \`block-types-schema.ts\` and in \`block-behaviours.ts\`. Two lists, because the workflow bundle must not hold zod; the compiler refuses one without the other.
4. \`docs/blocks/<type>.yaml\` and \`docs/blocks/<type>.test.yaml\`: its example, with a test named after each exit.
5. The task that it is for, in \`test/scenario-dsl/blocks/describe-tasks.ts\`: this page begins with them.

\`test/scenario-dsl/blocks/conformance.test.ts\` says what is missing, and holds the pair together: the ways that the checks see are those of the machine, and what the block sends, sets and leads to is declared.
This page is written anew with \`vitest run -u\`. A block that asks for something new also needs an operation: \`docs/scenario-operations.md\`.
`;

function listUndescribed(schema: JsonSchema, path: string): string[] {
  const { items, properties = {}, anyOf = [] } = schema;
  const inner = [
    ...Object.entries(properties).map(([name, field]) => [`${path}.${name}`, field] as const),
    ...(typeof items === 'object' && !Array.isArray(items) ? [[`${path}[]`, items] as const] : []),
    ...anyOf.map((each) => [path, each] as const),
  ];
  return inner.flatMap(([place, field]) => {
    if (typeof field !== 'object') return [];
    const isNamed = !place.endsWith('[]') && place !== path;
    return [...(isNamed && field.description === undefined ? [place] : []), ...listUndescribed(field, place)];
  });
}

describe('docs/scenario-language.md', () => {
  it('is what the definitions and examples of the blocks say', async () => {
    await expect(page).toMatchFileSnapshot('../../../docs/scenario-language.md');
  });

  it('has every block in its contents table, by what it is for', () => {
    expect(new Set(tasks.flatMap(({ blocks }) => blocks))).toEqual(new Set(Object.keys(blockTypes)));
  });

  it('links from its contents to headings that are there', () => {
    const headings = new Set([...page.matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) => anchorOf(heading)));
    const links = [...page.matchAll(/\]\(#([^)]*)\)/g)].map(([, anchor = '']) => anchor);
    expect(links.length).toBeGreaterThan(Object.keys(blockTypes).length);
    expect(links.filter((anchor) => !headings.has(anchor))).toEqual([]);
  });
});

it('The JSON Schema describes every field of every block', () => {
  const blocks = createScenarioJsonSchema().$defs?.['block']?.properties ?? {};
  const undescribed = Object.entries(blocks).flatMap(([type, schema]) =>
    typeof schema === 'object' ? listUndescribed(schema, type) : [],
  );
  expect(undescribed).toEqual([]);
});
