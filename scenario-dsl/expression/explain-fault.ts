// Authors come from other languages and builders: what they write first is told in ours, with their own words in it.
import type { SyntaxFault } from './expression.ts';

/** Where the parser stopped: the text in front of it and from there on. */
interface Place {
  before: string;
  rest: string;
  message: string;
}

type Explain = (place: Place) => string | undefined;

/** The fault with a remedy for what was most likely meant; as it is where nothing is known of it. */
export function explainFault(source: string, fault: SyntaxFault): SyntaxFault {
  const place = {
    before: source.slice(0, fault.at),
    rest: source.slice(fault.at, fault.at + 200),
    message: fault.message,
  };
  for (const explain of explanations) {
    const remedy = explain(place);
    if (remedy !== undefined) return { ...fault, remedy };
  }
  return fault;
}

const signs: readonly (readonly [RegExp, string])[] = [
  [/^&&/, 'Write "and".'],
  [/^\|\|/, 'Write "or".'],
  [/^\|/, `A fallback stands at the end: $(upper(name)|text). Elsewhere write default(name, 'text').`],
  [/^&/, `Texts are put together without a sign and without =: '$(first)$(second)'. In a condition write "and".`],
  [/^=~/, `Write matches '…'.`],
  [/^=>/, 'Write >=.'],
  [/^=</, 'Write <=.'],
  [/^=/, 'Write == to compare.'],
  [/^!==?/, 'Write != to compare.'],
  [/^!/, 'Write "not", or != to compare.'],
  [/^\?\?/, `Write default($(first), 'other').`],
  [/^\?/, `Write if(condition, one, other): if($(flag), 'yes', 'no').`],
  [/^≥/, 'Write >=.'],
  [/^≤/, 'Write <=.'],
  [/^≠/, 'Write !=.'],
  [/^[“”„‘’‚«»]/, `Use straight quotes: '…' or "…".`],
  [/^\^/, 'There are no powers: multiply.'],
  [/^\{/, 'A map cannot be written here. Set its parts one by one: order.id, order.name.'],
];

const explainSign: Explain = ({ before, rest, message }) => {
  if (message.startsWith('This ')) return undefined;
  if (rest.startsWith('=') && before.endsWith('!=')) return 'Write != to compare.';
  if (rest.startsWith('=') && before.endsWith('==')) return 'Write == to compare.';
  if (rest.startsWith('>') && /<\s*$/.test(before)) return 'Write !=.';
  return signs.find(([sign]) => sign.test(rest))?.[1];
};

const explainIndex: Explain = ({ before, rest }) => {
  const [, index] = /^\[\s*(?:(-?\d+)|'[\w-]+'|"[\w-]+")\s*\]/.exec(rest) ?? [];
  const [, key] = /^\[\s*['"]([\w-]+)['"]\s*\]/.exec(rest) ?? [];
  const name = /([\w.-]+)\)?$/.exec(before)?.[1];
  if (name === undefined || (index === undefined && key === undefined)) return undefined;
  if (index?.startsWith('-')) return `Write item($(${name}), ${index}).`;
  return `Parts have dots before them, items too, from 0: $(${name}.${key ?? index}).`;
};

const comparisons: Readonly<Record<string, string>> = {
  ...asKeys('contains', ['contain', 'includes', 'include', 'has', 'containing']),
  ...asKeys('starts-with', ['startswith', 'begins-with', 'beginswith', 'starts', 'begins']),
  ...asKeys('ends-with', ['endswith', 'ends']),
  ...asKeys('==', ['equals', 'equal', 'eq', 'equal-to']),
  ...asKeys('!=', ['ne', 'neq', 'notequals', 'not-equals', 'differs']),
  ...asKeys('>', ['gt', 'greater', 'above', 'over', 'bigger', 'more']),
  ...asKeys('<', ['lt', 'less', 'below', 'under', 'smaller']),
  ...asKeys('>=', ['gte', 'ge', 'at-least']),
  ...asKeys('<=', ['lte', 'le', 'at-most']),
  ...asKeys('matches', ['match', 'regex', 'regexp', 'matching']),
  ...asKeys('is not empty', ['exists', 'isset', 'set', 'known']),
  ...asKeys('not in', ['nin', 'not-in', 'notin']),
};

const constants: Readonly<Record<string, string>> = {
  ...asKeys('Write true.', ['true', 'yes', 'on']),
  ...asKeys('Write false.', ['false', 'no', 'off']),
};

const nothing: readonly string[] = ['null', 'nil', 'none', 'undefined', 'nothing', 'blank', 'void'];

/** What stands between the last "and" or "or" and here. */
function sideOf(before: string): string {
  return (before.split(/\s(?:and|or|not)\s/).at(-1) ?? '').trim();
}

const explainIs: Explain = ({ before, rest, message }) => {
  if (!message.startsWith('Expected "empty" after "is"')) return undefined;
  const isNot = /\bnot\s*$/.test(before);
  const left = sideOf(before.replace(/\bis(\s+not)?\s*$/, ''));
  const word = (/^[\w-]+/.exec(rest)?.[0] ?? '').toLowerCase();
  if (nothing.includes(word)) return `Write ${left} is ${isNot ? 'not ' : ''}empty.`;
  if (word === 'set') return `Write ${left} is ${isNot ? '' : 'not '}empty.`;
  const comparison = comparisons[word];
  if (comparison !== undefined) return `Write ${left} ${comparison} …`;
  return compareWith(`${left} ${isNot ? '!=' : '=='}`, rest);
};

/** `is 'yes'`, `is yes`, `is 5`. */
function compareWith(left: string, rest: string): string {
  const value = /^(?:'[^']*'|"[^"]*"|\$\([^)]*\)|[\w.-]+)/.exec(rest)?.[0] ?? '…';
  const isWord = /^[A-Za-z]/.test(value) && !['true', 'false'].includes(value);
  return `Write ${left} ${isWord ? `'${value}'` : value}.`;
}

const explainWord: Explain = ({ before, rest, message }) => {
  const word = /^[A-Za-z][\w-]*/.exec(rest)?.[0];
  if (word === undefined || !message.startsWith('Expected')) return undefined;
  const low = word.toLowerCase();
  if (word !== low && ownWords.includes(low)) return `Write "${low}" in small letters.`;
  if (nothing.includes(low)) return `Ask whether something is there with "is empty": ${firstName(before)} is empty.`;
  if (message.startsWith('Expected a variable')) return word === low ? undefined : constants[low];
  return explainOperator(before, word);
};

const ownWords: readonly string[] = ['and', 'or', 'not', 'in', 'is', 'contains', 'matches', 'like'];

function explainOperator(before: string, word: string): string | undefined {
  const low = word.toLowerCase();
  if (low === 'then' || low === 'goto') return 'Where it leads stands beside it: { when: …, go: <block id> }.';
  if (low === 'between') return 'Write two comparisons with "and" between them: $(age) >= 18 and $(age) < 65.';
  const comparison = comparisons[low];
  if (comparison !== undefined) return `Write "${comparison}".`;
  const [, name] = /\$\(\s*([\w.-]+)\s+$/.exec(before) ?? [];
  return name === undefined ? undefined : `A name has no spaces in it: $(${name}-${word}).`;
}

function firstName(before: string): string {
  return /\$\([\w.-]+\)/.exec(sideOf(before))?.[0] ?? '$(name)';
}

/** `$(age) > 18 and < 30`, `… contains 'help' or contains 'desk'`: a comparison has two sides, each time. */
const explainHalf: Explain = ({ before, rest, message }) => {
  if (!message.startsWith('Expected a variable') || !/\b(?:and|or|not)\s*$/.test(before)) return undefined;
  const [half, operator] =
    /^(<=?|>=?|==|!=|contains(?:-a\w+)?|starts-with|ends-with|matches|like|in|before|after|on|is)\s*(?:'[^']*'|"[^"]*"|\$\([^)]*\)|[\w.-]+)?/.exec(
      rest,
    ) ?? [];
  const [name] = /\$\([^()]*\)|[A-Za-z][\w.-]*/.exec(sideOf(before.replace(/\s*(?:and|or|not)\s*$/, ''))) ?? [];
  if (half === undefined || operator === undefined || name === undefined) return undefined;
  return `Say what is compared each time: ${name} ${half.trim()}.`;
};

/** `49,90` and `40%`, as people write them. */
const explainNumber: Explain = ({ before, rest, message }) => {
  const [, whole] = /(?<![\w.])(\d+)$/.exec(before) ?? [];
  const [, fraction] = /^,(\d+)/.exec(rest) ?? [];
  if (whole !== undefined && fraction !== undefined) return `A number has a point: ${whole}.${fraction}.`;
  const [, percent] = /(?<![\w.])(\d{1,3}(?:\.\d+)?)\s*%\s*$/.exec(before) ?? [];
  if (percent === undefined || !message.startsWith('Expected a variable')) return undefined;
  return `A percentage is a part of one here: ${Number((Number(percent) / 100).toFixed(6))}.`;
};

const explainChain: Explain = ({ before, rest, message }) => {
  const [operator] = /^(?:<=?|>=?|==|!=)/.exec(rest) ?? [];
  if (operator === undefined || !message.startsWith('Expected')) return undefined;
  const middle = /(\$\([^)]*\)|[\w.]+)\s*$/.exec(before)?.[1];
  if (middle === undefined || !/[<>=]/.test(before)) return undefined;
  return `Write two comparisons with "and" between them: ${sideOf(before)} and ${middle} ${operator} …`;
};

/** What functions of other languages are called here. */
const functions: Readonly<Record<string, string>> = {
  ...asKeys('It is a variable, without parentheses: $(now).', [
    'now',
    'date.now',
    'timestamp',
    'sysdate',
    'currenttime',
    'current-time',
    'utcnow',
  ]),
  ...asKeys('It is a variable, without parentheses: $(today).', ['today', 'getdate', 'currentdate', 'current-date']),
  ...asKeys(`Texts are put together without =: '$(first)$(second)'.`, ['concat', 'concatenate', 'cat', 'strcat']),
  ...didYouMean('upper', ['uppercase', 'touppercase', 'toupper', 'ucase', 'to-upper', 'strtoupper']),
  ...didYouMean('lower', ['lowercase', 'tolowercase', 'tolower', 'lcase', 'to-lower', 'strtolower']),
  ...didYouMean('capitalize', ['capitalise', 'ucfirst', 'titlecase', 'propercase', 'initcap']),
  ...didYouMean('length', ['len', 'strlen', 'size']),
  ...didYouMean('slice', ['substr', 'substring', 'mid', 'left', 'right']),
  ...didYouMean('number', ['parseint', 'parsefloat', 'int', 'float', 'tonumber', 'to-number', 'val', 'cint']),
  ...didYouMean('fixed', ['tofixed']),
  ...didYouMean('formatNumber', ['formatnumber', 'number-format', 'numberformat', 'tolocalestring']),
  ...didYouMean('money', ['currency', 'formatcurrency', 'format-currency', 'formatmoney']),
  ...didYouMean('append', ['push', 'add', 'concatlists', 'arrayappend']),
  ...didYouMean('sublist', ['splice', 'take']),
  ...didYouMean('sort', ['sortby', 'orderby', 'order-by']),
  ...didYouMean('replacePattern', ['regexreplace', 'regexp-replace', 'preg-replace', 'gsub']),
  ...didYouMean('replace', ['replaceall', 'substitute']),
  ...didYouMean('default', ['coalesce', 'ifnull', 'nvl', 'isnull', 'ifempty', 'or-else', 'orelse']),
  ...didYouMean('if', ['iif', 'iff', 'ternary', 'cond', 'choose']),
  ...didYouMean('addDays', ['dateadd', 'plusdays', 'adddate', 'date-add']),
  ...didYouMean('daysBetween', ['datediff', 'daysdiff', 'diffdays', 'date-diff']),
  ...didYouMean('formatDate', ['dateformat', 'format', 'strftime', 'format-date', 'todatestring', 'date-format']),
  ...didYouMean('contains', ['includes', 'has', 'instr', 'indexof', 'find']),
  ...didYouMean('extract', ['regex', 'regexp', 'match', 'search', 'regexextract', 'regex-match']),
  ...didYouMean('join', ['implode']),
  ...didYouMean('split', ['explode']),
  ...didYouMean('encode', ['encodeuricomponent', 'urlencode', 'escape', 'encodeuri']),
  ...didYouMean('json', ['stringify', 'json.stringify', 'tojson', 'to-json']),
  ...didYouMean('floor', ['trunc', 'truncate']),
  ...didYouMean('ceil', ['ceiling', 'roundup']),
  ...didYouMean('weekday', ['dayofweek', 'getday', 'dow']),
  ...didYouMean('pad', ['padstart', 'zfill', 'lpad', 'leftpad']),
  ...asKeys('Write $(name) is empty.', ['isempty', 'is-empty', 'empty', 'isblank']),
  ...asKeys('Write $(name) is not empty.', ['isset', 'exists', 'defined', 'isnotempty']),
  ...asKeys('Write it between the two: $(text) starts-with $(part).', ['startswith', 'starts-with']),
  ...asKeys('Write it between the two: $(text) ends-with $(part).', ['endswith', 'ends-with']),
  ...asKeys('Write "not" before it, without parentheses: not $(flag).', ['negate']),
  ...asKeys('Fetch URL signs what it sends: sign: { secret: shop-key, header: X-Signature, algorithm: sha256 }.', [
    'hmac',
    'sha1',
    'sha256',
    'sha512',
    'md5',
    'hash',
  ]),
  ...asKeys('Count in minutes or days: addMinutes(now, 120), addDays(today, 14).', [
    'addhours',
    'addweeks',
    'addseconds',
    'dateadd',
  ]),
  ...asKeys(`Parts of a date: formatDate(today, 'yyyy'), 'M' or 'd'.`, [
    'year',
    'month',
    'day',
    'dayofmonth',
    'getyear',
  ]),
  ...asKeys('Chance is a block: a-b-split.', ['random', 'rand', 'randbetween', 'randint', 'math.random']),
};

const explainFunction: Explain = ({ rest, message }) => {
  if (!message.startsWith('There is no function')) return undefined;
  const name = /^[\w.-]+/.exec(rest)?.[0]?.toLowerCase() ?? '';
  if (Object.hasOwn(functions, name)) return functions[name];
  // customer.name.toUpperCase(): a method of what stands before it.
  const [method = '', ...owner] = name.split('.').toReversed();
  return owner.length > 0 && Object.hasOwn(functions, method) ? functions[method] : undefined;
};

const explainName: Explain = ({ rest, message }) => {
  if (message === '"" is not a variable name.') return 'Write the name of a variable in it: $(customer.firstName).';
  if (!message.endsWith('cannot stand here.') || /^[A-Za-z]/.test(rest) || !/^\p{L}/u.test(rest)) return undefined;
  return 'Names of variables have the letters a to z, digits, _ and -; text stands in quotes.';
};

const explanations: readonly Explain[] = [
  explainFunction,
  explainIs,
  explainIndex,
  explainHalf,
  explainNumber,
  explainChain,
  explainSign,
  explainWord,
  explainName,
];

function asKeys(value: string, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.map((name) => [name, value]));
}

function didYouMean(ours: string, theirs: readonly string[]): Record<string, string> {
  return asKeys(`Did you mean "${ours}"?`, theirs);
}
